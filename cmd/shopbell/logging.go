package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"gopkg.in/natefinch/lumberjack.v2"

	"shopbell/app/redact"
)

// openLog writes to the home folder, redacted and rotated, and warnings to the console as well. A crash leaves its stack there, too.
func (d *desk) openLog(console io.Writer) *slog.Logger {
	dir := filepath.Join(d.opt.home, "logs")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return slog.New(redact.Handler(slog.NewTextHandler(console, nil)))
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "shopbell.log"), MaxSize: 10, MaxBackups: 5}
	d.closers = append(d.closers, file)
	if f, err := os.OpenFile(filepath.Join(dir, "crash.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err == nil {
		_ = debug.SetCrashOutput(f, debug.CrashOptions{})
		_ = f.Close() // the runtime keeps its own copy
	}
	return slog.New(redact.Handler(slog.NewMultiHandler(
		slog.NewJSONHandler(file, &slog.HandlerOptions{Level: slog.LevelInfo}),
		slog.NewTextHandler(console, &slog.HandlerOptions{Level: slog.LevelWarn}),
	)))
}
