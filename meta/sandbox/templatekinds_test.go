package sandbox

import "testing"

// A kind that nobody knows is refused in a new template; one that Meta gave away in a template itself goes back with an edit.
func TestUnknownKindsGoBack(t *testing.T) {
	d := open(t)
	comps := plainBody + `,{"type":"HEADER","format":"HOLOGRAM"},{"type":"SIDEBAR"},{"type":"BUTTONS","buttons":[{"type":"TELEPORT"}]}`
	for _, c := range []string{plainBody + `,{"type":"SIDEBAR"}`, plainBody + `,{"type":"HEADER","format":"HOLOGRAM"}`, buttonsOf(`{"type":"TELEPORT","text":"Go"}`)} {
		if a := d.create("strange", utility, c); a.code == 200 {
			t.Errorf("taken: %s", c)
		}
	}
	a := d.create("strange", utility, plainBody)
	if a.code != 200 {
		t.Fatal(a.raw)
	}
	d.s.mu.Lock()
	x := d.s.w.template(a.str("id"))
	v, err := decodeJSON([]byte("[" + comps + "]"))
	if err != nil {
		t.Fatal(err)
	}
	x.components, x.status = v.([]any), "REJECTED"
	d.s.mu.Unlock()
	if a := d.post(x.id, `{"components":[`+plainBody+`,{"type":"RAINBOW"}]}`); a.code == 200 {
		t.Error("an edit may not bring an unknown kind")
	}
	if a := d.post(x.id, `{"components":[`+comps+`]}`); a.code != 200 {
		t.Errorf("what was there does not go back: %s", a.raw)
	}
}
