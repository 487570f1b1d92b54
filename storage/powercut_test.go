package storage

import (
	"bufio"
	"database/sql"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPowerCut watches the system calls of a program that acknowledges webhooks, cuts the power at 300 moments, and looks what four kinds of disk
// have kept: nothing that was not synced, all of it, a random part in random order, a random part torn into sectors. Nothing acknowledged may
// be lost. The same is then tried with less than synchronous=FULL and must lose something, or the test would prove nothing.
func TestPowerCut(t *testing.T) {
	full := trace(t, "FULL")
	lost, corrupt, tried := cut(t, full, 300)
	t.Logf("FULL: %d acknowledged, %d syncs, %d cuts: %d lost, %d corrupt", full.acks, full.syncs, tried, lost, corrupt)
	if lost != 0 || corrupt != 0 || tried < 1200 || full.acks != 600 {
		t.Errorf("lost %d, corrupt %d, of %d cuts with %d acknowledged", lost, corrupt, tried, full.acks)
	}
	for _, mode := range []string{"NORMAL", "OFF"} {
		less := trace(t, mode)
		lost, corrupt, tried := cut(t, less, 20)
		t.Logf("%s: %d acknowledged, %d syncs, %d cuts: %d lost, %d corrupt", mode, less.acks, less.syncs, tried, lost, corrupt)
		if lost == 0 {
			t.Errorf("with synchronous=%s nothing is lost: the test can't tell", mode)
		}
	}
}

// event is one step of a traced program.
type event struct {
	kind string // write, sync, truncate, remove, ack
	path string
	off  int64
	data []byte
	id   string
}

type recording struct {
	events []event
	acks   int
	syncs  int
}

// trace runs the writing program under strace.
func trace(t *testing.T, mode string) recording {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		if os.Getenv("SHOPBELL_TEST_ALLOW_SKIP") == "1" {
			t.Skip("no strace")
		}
		t.Fatal("no strace: make test installs it")
	}
	home, log := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	cmd := self("write", home, "SHOPBELL_TEST_SYNC="+mode)
	cmd.Args = append([]string{
		"strace", "-f", "-xx", "-s", "4000000", "-o", log,
		"-e", "trace=?open,openat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,?unlink,unlinkat,close",
	}, cmd.Path)
	cmd.Path, _ = exec.LookPath("strace")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return parse(t, log, home)
}

var (
	call    = regexp.MustCompile(`^(\d+)\s+(\w+)\((.*)$`)
	answer  = regexp.MustCompile(`\)\s+= (-?\d+)[^)]*$`)
	resumed = regexp.MustCompile(`^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$`)
)

// parse reads what strace wrote. A write counts from the moment it was asked for, a sync from the moment it was answered.
func parse(t *testing.T, log, home string) recording {
	t.Helper()
	f, err := os.Open(log)
	must(t, err)
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	p := &parser{home: home, paths: map[int]string{}, offsets: map[int]int64{}, begun: map[string]string{}}
	for in.Scan() {
		line := in.Text()
		if m := resumed.FindStringSubmatch(line); m != nil {
			p.end(m[2], p.begun[m[1]], m[3])
			continue
		}
		m := call.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if args, cut := strings.CutSuffix(m[3], " <unfinished ...>"); cut {
			p.begun[m[1]] = args
			p.begin(m[2], args)
			continue
		}
		args := m[3]
		if at := answer.FindStringIndex(args); at != nil {
			args = args[:at[0]]
		}
		p.begin(m[2], args)
		p.end(m[2], args, m[3])
	}
	must(t, in.Err())
	return p.out
}

type parser struct {
	home    string
	paths   map[int]string
	offsets map[int]int64
	begun   map[string]string
	out     recording
}

func (p *parser) add(e event) {
	if e.kind == "ack" {
		p.out.acks++
	}
	if e.kind == "sync" {
		p.out.syncs++
	}
	p.out.events = append(p.out.events, e)
}

// begin handles what counts when it is asked for.
func (p *parser) begin(name, args string) {
	parts := strings.Split(args, ", ")
	fd, _ := strconv.Atoi(parts[0])
	path := p.paths[fd]
	switch {
	case name == "write" && fd == 1:
		for line := range strings.Lines(string(unhex(parts[1]))) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "ack "); ok {
				p.add(event{kind: "ack", id: id})
			}
		}
	case name == "pwrite64" && path != "":
		off, _ := strconv.ParseInt(parts[3], 10, 64)
		p.add(event{kind: "write", path: path, off: off, data: unhex(parts[1])})
	case name == "write" && path != "":
		data := unhex(parts[1])
		p.add(event{kind: "write", path: path, off: p.offsets[fd], data: data})
		p.offsets[fd] += int64(len(data))
	case name == "close":
		delete(p.paths, fd)
	}
}

// end handles what counts when it is answered.
func (p *parser) end(name, args, tail string) {
	parts := strings.Split(args, ", ")
	result := answer.FindStringSubmatch(tail)
	if result == nil {
		return
	}
	n, err := strconv.ParseInt(result[1], 10, 64)
	if err != nil || n < 0 {
		return
	}
	fd, _ := strconv.Atoi(parts[0])
	switch name {
	case "open", "openat":
		if path := string(unhex(parts[map[string]int{"open": 0, "openat": 1}[name]])); strings.HasPrefix(path, p.home) && !strings.HasSuffix(path, "-shm") {
			p.paths[int(n)], p.offsets[int(n)] = filepath.Base(path), 0
		}
	case "lseek":
		p.offsets[fd] = n
	case "fsync", "fdatasync":
		if path := p.paths[fd]; path != "" {
			p.add(event{kind: "sync", path: path})
		}
	case "ftruncate":
		if path := p.paths[fd]; path != "" {
			size, _ := strconv.ParseInt(parts[1], 10, 64)
			p.add(event{kind: "truncate", path: path, off: size})
		}
	case "unlink":
		p.add(event{kind: "remove", path: filepath.Base(string(unhex(parts[0])))})
	case "unlinkat":
		p.add(event{kind: "remove", path: filepath.Base(string(unhex(parts[1])))})
	}
}

func unhex(s string) []byte {
	out, _ := hex.DecodeString(strings.ReplaceAll(strings.Trim(s, `"`), `\x`, ""))
	return out
}

// image is a file on a disk whose power is about to go: what is safe, and what was written since the last sync.
type image struct {
	safe    []byte
	pending []event
}

// cut rebuilds the files at moments spread over the recording and tells how often something acknowledged was lost or the file damaged.
func cut(t *testing.T, r recording, points int) (lost, corrupt, tried int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	first := 0
	for first < len(r.events) && r.events[first].kind != "ack" {
		first++
	}
	at := map[int]bool{}
	for len(at) < min(points, len(r.events)-first) {
		at[first+rng.IntN(len(r.events)-first)] = true
	}
	dir := memory(t)
	files, acked := map[string]*image{}, []string{}
	for i, e := range r.events {
		img := files[e.path]
		if img == nil && e.path != "" {
			img = &image{}
			files[e.path] = img
		}
		switch e.kind {
		case "write":
			img.pending = append(img.pending, e)
		case "sync":
			for _, w := range img.pending {
				img.safe = put(img.safe, w.off, w.data)
			}
			img.pending = nil
		case "truncate":
			img.pending = append(img.pending, e)
		case "remove":
			delete(files, e.path)
		case "ack":
			acked = append(acked, e.id)
		}
		if !at[i] {
			continue
		}
		for _, model := range []string{"none", "all", "shuffled", "torn"} {
			tried++
			missing, damaged := survives(t, dir, files, acked, model, rng)
			if missing > 0 {
				lost++
			}
			if damaged {
				corrupt++
			}
		}
	}
	return lost, corrupt, tried
}

// survives writes the journal as one kind of disk has kept it, opens it, and looks for what was acknowledged.
func survives(t *testing.T, dir string, files map[string]*image, acked []string, model string, rng *rand.Rand) (missing int, damaged bool) {
	t.Helper()
	path := filepath.Join(dir, journalFile)
	for _, name := range []string{journalFile, journalFile + "-wal"} {
		img := files[name]
		if img == nil {
			img = &image{}
		}
		must(t, os.WriteFile(filepath.Join(dir, name), img.after(model, rng), 0o600))
	}
	_ = os.Remove(path + "-shm")
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer db.Close()
	have := map[string]bool{}
	rows, err := db.Query(`SELECT body FROM journal`)
	if err != nil {
		return len(acked), true
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return len(acked), true
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(string(body), `{"id":"`), `"`)
		have[id] = true
	}
	if rows.Err() != nil {
		return len(acked), true
	}
	for _, id := range acked {
		if !have[id] {
			missing++
		}
	}
	var verdict string
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		damaged = true
	}
	return missing, damaged
}

// after gives the file as a disk has it after the power came back.
func (img *image) after(model string, rng *rand.Rand) []byte {
	out := append([]byte(nil), img.safe...)
	pending := append([]event(nil), img.pending...)
	switch model {
	case "none":
		return out
	case "shuffled", "torn":
		rng.Shuffle(len(pending), func(i, j int) { pending[i], pending[j] = pending[j], pending[i] })
	}
	for _, w := range pending {
		if model != "all" && rng.IntN(2) == 0 {
			continue
		}
		if w.kind == "truncate" {
			if int64(len(out)) > w.off {
				out = out[:w.off]
			}
			continue
		}
		if model != "torn" {
			out = put(out, w.off, w.data)
			continue
		}
		for from := 0; from < len(w.data); from += 512 {
			if rng.IntN(2) == 0 {
				out = put(out, w.off+int64(from), w.data[from:min(from+512, len(w.data))])
			}
		}
	}
	return out
}

func put(file []byte, off int64, data []byte) []byte {
	if need := int(off) + len(data); need > len(file) {
		file = append(file, make([]byte, need-len(file))...)
	}
	copy(file[off:], data)
	return file
}

// integrity asks SQLite whether a file is whole.
func integrity(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer db.Close()
	var verdict string
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil {
		return err.Error()
	}
	return verdict
}
