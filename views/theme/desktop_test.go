package theme

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

func forget(t *testing.T) {
	t.Cleanup(func() {
		desktop.asked.Store(false)
		desktop.moved.Store(false)
	})
}

func TestWithoutAPortalTheSystemIsLight(t *testing.T) {
	forget(t)
	t.Setenv("FYNE_THEME", "")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	AskDesktop(context.Background(), fynetheme.VariantDark)
	want := fynetheme.VariantDark
	if desktop.asked.Load() { // on systems without freedesktop settings Fyne's word counts
		want = fynetheme.VariantLight
	}
	if got := New(System).Variant(fynetheme.VariantDark); got != want {
		t.Errorf("System draws %v, want %v", got, want)
	}
	if New(Dark).Variant(fynetheme.VariantDark) != fynetheme.VariantDark {
		t.Error("who chose dark gets light")
	}
}

func TestTheDesktopMayChangeItsMind(t *testing.T) {
	forget(t)
	settle(fynetheme.VariantDark, true)
	sys := New(System)
	for i, v := range []struct {
		says, want fyne.ThemeVariant
	}{{fynetheme.VariantDark, fynetheme.VariantDark}, {fynetheme.VariantLight, fynetheme.VariantLight}, {fynetheme.VariantDark, fynetheme.VariantDark}} {
		if got := sys.Variant(v.says); got != v.want {
			t.Errorf("step %d: %v, want %v", i, got, v.want)
		}
	}
	settle(fynetheme.VariantDark, false)
	if sys.Variant(fynetheme.VariantDark) != fynetheme.VariantLight {
		t.Error("no preference is not light")
	}
	sys.Variant(fynetheme.VariantLight)
	if sys.Variant(fynetheme.VariantDark) != fynetheme.VariantDark {
		t.Error("the desktop turned dark later and nothing followed")
	}
}
