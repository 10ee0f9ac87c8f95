// An independent check of a published log: notes, tree hashes and tiles by golang.org/x/mod (sumdb/note, sumdb/tlog), none of our code.
// Debian 12: apt-get install golang-go golang-golang-x-mod-dev; GO111MODULE=off GOPATH=/usr/share/gocode go run main.go DIR VKEY
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(what string, err error) {
	fmt.Println("refused:", what, err)
	os.Exit(1)
}

func path(level string, n int64, width int64) string {
	s := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		s = fmt.Sprintf("x%03d/%s", n%1000, s)
	}
	if width != 256 {
		s = fmt.Sprintf("%s.p/%d", s, width)
	}
	return filepath.Join("tile", level, s)
}

type reader struct{ dir string }

func (r reader) Height() int { return 8 }
func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		data, err := os.ReadFile(filepath.Join(r.dir, path(strconv.Itoa(t.L), t.N, int64(t.W))))
		if err != nil {
			return nil, err
		}
		if len(data) != t.W*32 {
			return nil, fmt.Errorf("tile %v has %d bytes", t, len(data))
		}
		out = append(out, data)
	}
	return out, nil
}

func main() {
	dir, vkey := os.Args[1], os.Args[2]
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		fail("key", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		fail("checkpoint", err)
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		fail("checkpoint", err)
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("size", err)
	}
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(raw) != 32 {
		fail("root", err)
	}
	var root tlog.Hash
	copy(root[:], raw)
	// Every hash that is read is authenticated against the signed root by tlog itself.
	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, reader{dir})
	for first := int64(0); first < size; first += 256 {
		width := size - first
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(dir, path("entries", first/256, width)))
		if err != nil {
			fail("entries", err)
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		stored, err := hashes.ReadHashes(indexes)
		if err != nil {
			fail("tiles", err)
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 {
				fail(fmt.Sprintf("entry %d", first+i), nil)
			}
			n := int(binary.BigEndian.Uint16(bundle))
			if len(bundle) < 2+n || tlog.RecordHash(bundle[2:2+n]) != stored[i] {
				fail(fmt.Sprintf("entry %d", first+i), nil)
			}
			bundle = bundle[2+n:]
		}
		if len(bundle) != 0 {
			fail("entries longer than said", nil)
		}
	}
	fmt.Printf("ok %d %s %s\n", size, lines[2], lines[0])
}
