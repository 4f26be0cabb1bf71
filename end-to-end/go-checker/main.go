// Command go-checker lets the Go team's transparency log packages judge a log that pgscim wrote: the
// signature of its checkpoint, the hash of every entry, and every tile up to the root.
//
//	go run . FOLDER VKEY
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go-checker FOLDER VKEY")
		os.Exit(2)
	}
	size, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println("rejected:", err)
		os.Exit(1)
	}
	fmt.Println("accepted:", size, "entries")
}

// folder reads hash tiles. Go's own layout has the tile height in the path, tlog-tiles has not.
type folder struct{ root string }

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(f.root, path))
		if err != nil {
			return nil, err
		}
		data[i] = content
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func check(root, vkey string) (int64, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, err
	}
	signed, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	if err != nil {
		return 0, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return 0, err
	}
	tree, err := parse(opened.Text, verifier.Name())
	if err != nil {
		return 0, err
	}
	reader := tlog.TileHashReader(tree, folder{root})
	for first := int64(0); first < tree.N; first += 256 {
		if err := checkBundle(root, reader, first, min(256, tree.N-first)); err != nil {
			return 0, err
		}
	}
	return tree.N, checkRoot(reader, tree)
}

func parse(text, name string) (tlog.Tree, error) {
	lines := strings.SplitN(text, "\n", 4)
	var tree tlog.Tree
	if len(lines) < 4 || lines[0] != name {
		return tree, fmt.Errorf("not a checkpoint of %s", name)
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil {
		return tree, err
	}
	hash, err := tlog.ParseHash(lines[2])
	tree.Hash = hash
	return tree, err
}

// checkBundle compares the entries with leaf hashes that the reader has authenticated against the root.
func checkBundle(root string, reader tlog.HashReader, first, width int64) error {
	path := strings.Replace(tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)}.Path(), "tile/8/data/", "tile/entries/", 1)
	bundle, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		return err
	}
	indexes := make([]int64, width)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
	}
	hashes, err := reader.ReadHashes(indexes)
	if err != nil {
		return err
	}
	in := bytes.NewReader(bundle)
	for i, hash := range hashes {
		var length uint16
		if err := binary.Read(in, binary.BigEndian, &length); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		entry := make([]byte, length)
		if n, _ := in.Read(entry); n != int(length) {
			return fmt.Errorf("%s: ends inside entry %d", path, i)
		}
		if tlog.RecordHash(entry) != hash {
			return fmt.Errorf("%s: entry %d is not the one in the tree", path, first+int64(i))
		}
	}
	if in.Len() != 0 {
		return fmt.Errorf("%s: %d bytes too many", path, in.Len())
	}
	return nil
}

func checkRoot(reader tlog.HashReader, tree tlog.Tree) error {
	hash, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if hash != tree.Hash {
		return fmt.Errorf("the root is %v, the checkpoint signs %v", hash, tree.Hash)
	}
	return nil
}
