package papers

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

var errFont = errors.New("papers: the font file is damaged")

// subset cuts a TrueType font down to some glyphs, in their order behind the empty one, without hinting: a new file, and where each glyph went
// (OpenType: glyf, loca, hmtx, maxp, head; PDF 32000-1, 9.9: the tables that an embedded font needs).
func (c *cut) subset(glyphs []font.GID) ([]byte, map[font.GID]int, error) {
	raw := map[string][]byte{}
	for _, tag := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf"} {
		t, err := c.loader.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			return nil, nil, err
		}
		raw[tag] = slices.Clone(t)
	}
	if len(raw["head"]) < 54 || len(raw["hhea"]) < 36 || len(raw["maxp"]) < 6 {
		return nil, nil, errFont
	}
	cutter := cutter{raw: raw, long: binary.BigEndian.Uint16(raw["head"][50:]) != 0, at: map[font.GID]int{0: 0}, order: []font.GID{0}}
	for _, g := range glyphs {
		cutter.add(g)
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(cutter.order); { // it grows while composite glyphs bring their parts
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		data, err := cutter.outline(cutter.order[i])
		if err != nil {
			return nil, nil, err
		}
		glyf = append(glyf, data...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, cutter.metric(cutter.order[i])...)
		i++
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	count := uint16(len(cutter.order))
	binary.BigEndian.PutUint16(raw["head"][50:], 1)
	binary.BigEndian.PutUint32(raw["head"][8:], 0)
	binary.BigEndian.PutUint16(raw["maxp"][4:], count)
	binary.BigEndian.PutUint16(raw["hhea"][34:], count)
	return assemble([]table{{"glyf", glyf}, {"head", raw["head"]}, {"hhea", raw["hhea"]}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", raw["maxp"]}}), cutter.at, nil
}

type cutter struct {
	raw   map[string][]byte
	long  bool
	order []font.GID
	at    map[font.GID]int
}

func (c *cutter) add(g font.GID) int {
	i, ok := c.at[g]
	if !ok {
		i = len(c.order)
		c.order, c.at[g] = append(c.order, g), i
	}
	return i
}

// outline gives the shape of a glyph without its instructions, and the parts of a composite one under their new numbers.
func (c *cutter) outline(g font.GID) ([]byte, error) {
	if g == blank {
		return nil, nil
	}
	from, to, ok := c.place(g)
	if !ok {
		return nil, errFont
	}
	if from == to {
		return nil, nil
	}
	data := slices.Clone(c.raw["glyf"][from:to])
	if len(data) < 10 {
		return nil, errFont
	}
	contours := int(int16(binary.BigEndian.Uint16(data)))
	if contours < 0 {
		return c.composite(data)
	}
	at := 10 + 2*contours
	if len(data) < at+2 {
		return nil, errFont
	}
	hints := int(binary.BigEndian.Uint16(data[at:]))
	if len(data) < at+2+hints {
		return nil, errFont
	}
	binary.BigEndian.PutUint16(data[at:], 0)
	return slices.Delete(data, at+2, at+2+hints), nil
}

func (c *cutter) composite(data []byte) ([]byte, error) {
	const (
		wordArguments = 0x0001
		scale         = 0x0008
		more          = 0x0020
		twoScales     = 0x0040
		matrix        = 0x0080
		instructions  = 0x0100
	)
	for at := 10; ; {
		if len(data) < at+4 {
			return nil, errFont
		}
		flags := binary.BigEndian.Uint16(data[at:])
		part := font.GID(binary.BigEndian.Uint16(data[at+2:]))
		binary.BigEndian.PutUint16(data[at:], flags&^instructions)
		binary.BigEndian.PutUint16(data[at+2:], uint16(c.add(part)))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if len(data) < at {
			return nil, errFont
		}
		if flags&more == 0 {
			return data[:at], nil
		}
	}
}

func (c *cutter) place(g font.GID) (from, to int, ok bool) {
	loca, i := c.raw["loca"], int(g)
	if c.long {
		if len(loca) < 4*i+8 {
			return 0, 0, false
		}
		from, to = int(binary.BigEndian.Uint32(loca[4*i:])), int(binary.BigEndian.Uint32(loca[4*i+4:]))
	} else {
		if len(loca) < 2*i+4 {
			return 0, 0, false
		}
		from, to = 2*int(binary.BigEndian.Uint16(loca[2*i:])), 2*int(binary.BigEndian.Uint16(loca[2*i+2:]))
	}
	return from, to, from <= to && to <= len(c.raw["glyf"])
}

// metric gives a glyph's advance and left side bearing.
func (c *cutter) metric(g font.GID) []byte {
	hmtx, n, i := c.raw["hmtx"], int(binary.BigEndian.Uint16(c.raw["hhea"][34:])), int(g)
	out := make([]byte, 4)
	if g == blank {
		return out
	}
	if n > 0 && len(hmtx) >= 4*min(i+1, n) {
		copy(out, hmtx[4*min(i, n-1):][:4])
	}
	if bearing := 4*n + 2*(i-n); i >= n && len(hmtx) >= bearing+2 {
		copy(out[2:], hmtx[bearing:][:2])
	}
	return out
}

type table struct {
	tag  string
	data []byte
}

// assemble writes a font file from tables in the order of their tags.
func assemble(tables []table) []byte {
	n := len(tables)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, power * 16, log, n*16 - power*16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	head := 0
	for _, t := range tables {
		if t.tag == "head" {
			head = at
		}
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(t.data))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(data []byte) uint32 {
	var sum uint32
	for len(data) >= 4 {
		sum += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	var rest [4]byte
	copy(rest[:], data)
	return sum + binary.BigEndian.Uint32(rest[:])
}
