package papers

import "path"

// behindFiles are fonts that systems bring for scripts that the program has no letters of, each with its bold cut. Arial Unicode stands first
// because it has nearly all of them on a Mac; of a Chinese, Japanese and Korean collection the first font is taken.
var behindFiles = [][2]string{
	{"/System/Library/Fonts/Supplemental/Arial Unicode.ttf", ""},
	{`C:\Windows\Fonts\msyh.ttc`, `C:\Windows\Fonts\msyhbd.ttc`},
	{`C:\Windows\Fonts\YuGothR.ttc`, `C:\Windows\Fonts\YuGothB.ttc`},
	{`C:\Windows\Fonts\malgun.ttf`, `C:\Windows\Fonts\malgunbd.ttf`},
	{`C:\Windows\Fonts\Nirmala.ttf`, `C:\Windows\Fonts\NirmalaB.ttf`},
	{`C:\Windows\Fonts\LeelawUI.ttf`, `C:\Windows\Fonts\LeelaUIb.ttf`},
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"},
	{"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc"},
	{"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc"},
	{"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", ""},
	{"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", ""},
}

// behindScripts are the families of Noto Sans that Linux systems have in a folder of their own.
var behindScripts = []string{
	"Bengali", "Tamil", "Telugu", "Kannada", "Malayalam", "Gujarati", "Gurmukhi", "Sinhala", "Khmer", "Lao", "Myanmar", "Georgian", "Armenian",
	"Ethiopic", "Symbols", "Symbols2",
}

// SystemFonts reads what the system has of fonts for the world's other scripts, for Behind; readFile is os.ReadFile. What isn't there is passed
// over.
func SystemFonts(readFile func(name string) ([]byte, error)) []Font {
	files := behindFiles
	for _, dir := range []string{"/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/usr/share/fonts/google-noto"} {
		for _, script := range behindScripts {
			files = append(files[:len(files):len(files)], [2]string{
				path.Join(dir, "NotoSans"+script+"-Regular.ttf"), path.Join(dir, "NotoSans"+script+"-Bold.ttf"),
			})
		}
	}
	var out []Font
	for _, f := range files {
		regular, err := readFile(f[0])
		if err != nil {
			continue
		}
		one := Font{Regular: regular}
		if f[1] != "" {
			if bold, err := readFile(f[1]); err == nil {
				one.Bold = bold
			}
		}
		out = append(out, one)
	}
	return out
}
