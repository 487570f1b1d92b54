package main

import (
	"context"
	"os"
	"os/user"
	"strconv"
	"strings"

	"shopbell/app"
)

// person is who sits at this desk: who sat here last time, else whoever has the name of the computer's user, else somebody new. The first of all is an
// admin.
func person(ctx context.Context, d *desk) (app.Staff, error) {
	name, login := "Shop", ""
	if u, err := user.Current(); err == nil {
		login = u.Username
		if name = strings.TrimSpace(strings.SplitN(u.Name, ",", 2)[0]); name == "" {
			name = u.Username
		}
	}
	host, _ := os.Hostname() // a computer without a name is one, too
	return seated(ctx, d, "me."+host+"."+login, name)
}

// seated finds or makes the person whose id is kept under a key. Names are theirs to change, so they are looked for only once.
func seated(ctx context.Context, d *desk, key, name string) (app.Staff, error) {
	list, err := d.store.StaffList(ctx)
	if err != nil {
		return app.Staff{}, err
	}
	was, err := d.store.Setting(ctx, key)
	if err != nil {
		return app.Staff{}, err
	}
	var me app.Staff
	for _, p := range list {
		if strconv.FormatInt(p.ID, 10) == was {
			return p, nil
		}
		if p.Name == name {
			me = p
		}
	}
	if me.ID == 0 {
		me = app.Staff{Name: name, Role: app.RoleAdmin}
		if len(list) > 0 {
			me.Role = app.RoleStaff
		}
		if me, err = d.store.SaveStaff(ctx, me); err != nil {
			return me, err
		}
	}
	return me, d.store.SetSetting(ctx, key, strconv.FormatInt(me.ID, 10))
}
