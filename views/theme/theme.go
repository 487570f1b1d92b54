// Package theme is how Shopbell looks: colours by name, sizes, type and icons, in light and in dark.
// Widgets ask it by name and never hold a value of their own, so that a change of theme reaches everything.
package theme

import (
	"image/color"
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"shopbell/views/post"
)

// Choice is what the person asked for in Settings.
type Choice int

// The three choices. System follows the desktop.
const (
	System Choice = iota
	Light
	Dark
)

// Limits of the scale that a person may choose; 1 is 100 %.
const (
	MinScale  float32 = 0.8
	MaxScale  float32 = 2
	ScaleStep float32 = 0.1
)

// Theme is the look of the program; its variant can be forced.
type Theme struct {
	choice Choice
	base   fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme for a choice.
func New(choice Choice) *Theme {
	return &Theme{choice: choice, base: fynetheme.DefaultTheme()}
}

// Apply gives the app the theme and the scale, and has every open window drawn again. The scale is clamped
// to MinScale and MaxScale. It must run on the UI goroutine (or before the app runs).
func Apply(app fyne.App, choice Choice, scale float32) {
	// Fyne reads a window's scale from this variable each time its settings change; it offers no setter.
	was := os.Getenv(scaleVariable)
	now := strconv.FormatFloat(float64(ClampScale(scale)), 'f', 1, 32)
	_ = os.Setenv(scaleVariable, now)
	set := func() {
		generation++
		app.Settings().SetTheme(New(choice))
	}
	set()
	if was != "" && was != now {
		// Fyne draws the icons anew before it takes up the scale, so they need a second round to be sharp.
		post.UI{}.Post(set)
	}
}

const scaleVariable = "FYNE_SCALE"

// generation counts how often the look has changed.
var generation int

// Generation changes whenever the look does; what is drawn once and kept compares it. UI goroutine only.
func Generation() int { return generation }

// ClampScale brings a scale to the nearest step a person may choose.
func ClampScale(scale float32) float32 {
	if scale != scale || scale == 0 {
		return 1
	}
	steps := float32(int(scale/ScaleStep + 0.5))
	return min(max(steps*ScaleStep, MinScale), MaxScale)
}

// Choice tells what the person asked for.
func (t *Theme) Choice() Choice { return t.choice }

// Variant is the variant drawn when the desktop prefers v.
func (t *Theme) Variant(v fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.choice {
	case Light:
		return fynetheme.VariantLight
	case Dark:
		return fynetheme.VariantDark
	default:
		return systemVariant(v)
	}
}

// Color returns a colour by name, Fyne's names included.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	v = t.Variant(v)
	if own, ok := fyneNames[name]; ok {
		name = own
	}
	if p, ok := palette[name]; ok {
		if v == fynetheme.VariantLight {
			return p.light
		}
		return p.dark
	}
	return t.base.Color(name, v)
}

// Font returns Fyne's own faces, Noto Sans and DejaVu Sans Mono.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon returns our icon for Fyne's names where we have one, else Fyne's.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := fyneIcons[name]; ok {
		return Icon(own, Text)
	}
	return t.base.Icon(name)
}

// Size returns a size in logical pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return t.base.Size(name)
}

// Color returns the colour of a name in the running app's theme and variant.
func Color(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }

// IsDark tells whether the running app draws in dark.
func IsDark() bool {
	app := fyne.CurrentApp()
	if app == nil {
		return false
	}
	v := app.Settings().ThemeVariant()
	if t, ok := app.Settings().Theme().(*Theme); ok {
		v = t.Variant(v)
	}
	return v == fynetheme.VariantDark
}

// fyneNames maps the names that Fyne's own widgets ask for to ours.
var fyneNames = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:                Canvas,
	fynetheme.ColorNameButton:                    Raised,
	fynetheme.ColorNameDisabled:                  Text3,
	fynetheme.ColorNameDisabledButton:            Chip,
	fynetheme.ColorNameError:                     Danger,
	fynetheme.ColorNameFocus:                     Focus,
	fynetheme.ColorNameForeground:                Text,
	fynetheme.ColorNameForegroundOnError:         Pane,
	fynetheme.ColorNameForegroundOnPrimary:       OnAccent,
	fynetheme.ColorNameForegroundOnSuccess:       Pane,
	fynetheme.ColorNameForegroundOnWarning:       Pane,
	fynetheme.ColorNameHeaderBackground:          PaneAlt,
	fynetheme.ColorNameHover:                     Hover,
	fynetheme.ColorNameHyperlink:                 Accent,
	fynetheme.ColorNameInnerWindowBorder:         Line,
	fynetheme.ColorNameInnerWindowBorderInactive: Line,
	fynetheme.ColorNameInputBackground:           Field,
	fynetheme.ColorNameInputBorder:               LineStrong,
	fynetheme.ColorNameMenuBackground:            Raised,
	fynetheme.ColorNameOverlayBackground:         Raised,
	fynetheme.ColorNamePlaceHolder:               Text3,
	fynetheme.ColorNamePressed:                   Press,
	fynetheme.ColorNamePrimary:                   Accent,
	fynetheme.ColorNameScrollBar:                 LineStrong,
	fynetheme.ColorNameScrollBarBackground:       PaneAlt,
	fynetheme.ColorNameSelection:                 AccentSoft2,
	fynetheme.ColorNameSeparator:                 Line,
	fynetheme.ColorNameShadow:                    Shadow,
	fynetheme.ColorNameSuccess:                   Ok,
	fynetheme.ColorNameWarning:                   Warn,
}
