package theme

import (
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"shopbell/assets"
)

type iconKey struct {
	name   string
	colour fyne.ThemeColorName
}

var (
	iconMu    sync.Mutex
	iconCache = map[iconKey]fyne.Resource{}
)

// MarkName is the name under which Icon returns the bell without a ground.
const MarkName = "mark"

// Icon returns an icon of assets/icons, drawn in the named colour of the running theme. An unknown name gives
// the question mark of Fyne, which is seen at once; a test holds that no widget asks for one.
func Icon(name string, colour fyne.ThemeColorName) fyne.Resource {
	iconMu.Lock()
	defer iconMu.Unlock()
	key := iconKey{name, colour}
	if r, ok := iconCache[key]; ok {
		return r
	}
	data, ok := assets.Icon(name)
	if name == MarkName {
		data, ok = assets.Mark(), true
	}
	if !ok {
		return fynetheme.QuestionIcon()
	}
	r := fynetheme.NewColoredResource(fyne.NewStaticResource("shopbell-"+name+".svg", data), colour)
	iconCache[key] = r
	return r
}

// AppIcon is the program's icon on its own ground, for the window and the first page.
func AppIcon() fyne.Resource {
	return fyne.NewStaticResource("shopbell-app.svg", assets.AppIconSVG())
}

var fyneIcons = map[fyne.ThemeIconName]string{
	fynetheme.IconNameCancel:        "x",
	fynetheme.IconNameConfirm:       "check",
	fynetheme.IconNameDelete:        "trash",
	fynetheme.IconNameSearch:        "search",
	fynetheme.IconNameContentCopy:   "copy",
	fynetheme.IconNameContentAdd:    "plus",
	fynetheme.IconNameInfo:          "info",
	fynetheme.IconNameWarning:       "warn",
	fynetheme.IconNameError:         "alert",
	fynetheme.IconNameArrowDropDown: "down",
	fynetheme.IconNameArrowDropUp:   "up",
	fynetheme.IconNameSettings:      "settings",
	fynetheme.IconNameVisibility:    "eye",
}
