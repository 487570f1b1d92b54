package theme

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

func TestEveryFyneColourIsDefined(t *testing.T) {
	test.AssertAllColorNamesDefined(t, New(System), "shopbell")
}

func TestEveryOwnColourIsDefinedInBothVariants(t *testing.T) {
	if len(ColorNames()) < 52 {
		t.Fatalf("%d colour names, the design has 52", len(ColorNames()))
	}
	for name, p := range palette {
		if p.light.A == 0 || p.dark.A == 0 {
			t.Errorf("%s has an invisible variant", name)
		}
		th := New(System)
		if th.Color(name, fynetheme.VariantLight) != p.light || th.Color(name, fynetheme.VariantDark) != p.dark {
			t.Errorf("%s does not come back as it was written", name)
		}
	}
}

func TestChoiceForcesTheVariant(t *testing.T) {
	for _, c := range []struct {
		choice Choice
		asked  fyne.ThemeVariant
		want   color.NRGBA
	}{
		{Light, fynetheme.VariantDark, palette[Canvas].light},
		{Dark, fynetheme.VariantLight, palette[Canvas].dark},
		{System, fynetheme.VariantDark, palette[Canvas].dark},
		{System, fynetheme.VariantLight, palette[Canvas].light},
	} {
		if got := New(c.choice).Color(fynetheme.ColorNameBackground, c.asked); got != c.want {
			t.Errorf("choice %d asked %d: %v, want %v", c.choice, c.asked, got, c.want)
		}
	}
}

func TestApplySetsThemeAndScale(t *testing.T) {
	t.Setenv("FYNE_SCALE", "1")
	app := test.NewTempApp(t)
	Apply(app, Dark, 1.26)
	th, ok := app.Settings().Theme().(*Theme)
	if !ok || th.Choice() != Dark || !IsDark() {
		t.Fatalf("the app's theme is %#v", app.Settings().Theme())
	}
	for in, want := range map[float32]float32{0: 1, 0.1: 0.8, 0.84: 0.8, 1.26: 1.3, 2.04: 2, 9: 2} {
		if got := ClampScale(in); math.Abs(float64(got-want)) > 1e-4 {
			t.Errorf("ClampScale(%v) = %v, want %v", in, got, want)
		}
	}
}

// The pairs are those of the design. Text needs 4.5, shapes 3 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	text := []fyne.ThemeColorName{
		Text, Pane, Text, Canvas, Text, BubbleIn, Text, BubbleOut, Text, Selected, Text, WarnSoft, Text, DangerSoft, Text, Hover,
		Text2, Pane, Text2, Canvas, Text2, BubbleOut, Text2, Selected, Text2, Chip, Text2, AccentSoft2, Text3, Field, Text3, Chip,
		Accent, Pane, Accent, Canvas, Accent, BubbleOut, Accent, AccentSoft2, OnAccent, Accent, OnAccent, AccentHover, OnAccent, AccentPress,
		NoteText, Note, Ok, OkSoft, Warn, WarnSoft, Danger, DangerSoft, Danger, Canvas, Tick, BubbleOut, TickRead, BubbleOut,
		RailText, Rail, RailTextOn, RailOn, Brass, Rail, OnBrass, Brass, ToastFg, ToastBg, ToastDo, ToastBg,
	}
	shapes := []fyne.ThemeColorName{
		LineStrong, Field, Focus, PaneAlt, WindowOpen, PaneAlt, WindowSoon, PaneAlt, WindowClosed, Pane,
		OkDot, Pane, WarnDot, Pane, DangerDot, Pane, Accent, Chip, RailOk, Rail, RailBad, Rail,
	}
	check := func(pairs []fyne.ThemeColorName, least float64) {
		for i := 0; i < len(pairs); i += 2 {
			f, g := palette[pairs[i]], palette[pairs[i+1]]
			for variant, ratio := range map[string]float64{"light": contrast(f.light, g.light), "dark": contrast(f.dark, g.dark)} {
				if ratio < least {
					t.Errorf("%s on %s in %s: %.2f, needs %.1f", pairs[i], pairs[i+1], variant, ratio, least)
				}
			}
		}
	}
	check(text, 4.5)
	check(shapes, 3)
	for i, a := range avatars {
		if r := contrast(a.Letters, a.Ground); r < 4.5 {
			t.Errorf("avatar %d: %.2f", i, r)
		}
	}
	// One figure of the design, so that the formula itself is held.
	if got := fmt.Sprintf("%.1f %.1f", contrast(palette[Text].light, palette[Pane].light), contrast(palette[Text].dark, palette[Pane].dark)); got != "16.3 14.0" {
		t.Errorf("text on pane is %s, the design says 16.3 14.0", got)
	}
}

func TestIcons(t *testing.T) {
	test.NewTempApp(t)
	for _, own := range fyneIcons {
		if Icon(own, Text) == fynetheme.QuestionIcon() {
			t.Errorf("no icon %q", own)
		}
	}
	if Icon("inbox", Text) != Icon("inbox", Text) {
		t.Error("an icon is made anew each time it is asked for")
	}
	if Icon("inbox", Text).Name() == Icon("inbox", Danger).Name() {
		t.Error("two colours of one icon share a name, so one would be drawn for the other")
	}
	if Icon("nothing-like-it", Text) != fynetheme.QuestionIcon() {
		t.Error("an unknown icon is not shown as unknown")
	}
}

func TestInitials(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn Thị Mai": "NM", "José Carvajal": "JC", "Đà Nẵng workshop": "ĐW", "P": "P", "": "", "+1 555 0142": "+1",
		"سارة الحداد": "سح", "  ana   ruiz ": "AR", "🙂 Bo": "B", "🙂": "🙂", "(Shop) Ana": "SA", "Café Wren": "CW",
	} {
		if got := Initials(in); got != want {
			t.Errorf("Initials(%q) = %q, want %q", in, got, want)
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}
