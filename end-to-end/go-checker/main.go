// Command go-checker lets the Go team's transparency log packages judge a log that pgscim wrote: the
// signature of its checkpoint, the hash of every entry, and every tile up to the root.
//
//	go run . FOLDER VKEY [OLDER]      a log, pruned or not, or an archive of one; OLDER: a checkpoint that was kept; the log must have grown out of it
//	go run . FILE.tlog-proof VKEY     the proof of one entry, without the log
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 3 || len(os.Args) > 4 {
		fmt.Fprintln(os.Stderr, "usage: go-checker FOLDER VKEY [OLDER] | go-checker FILE.tlog-proof VKEY")
		os.Exit(2)
	}
	verdict, err := judge(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Println("rejected:", err)
		os.Exit(1)
	}
	fmt.Println("accepted:", verdict)
}

func judge(place, vkey string, older []string) (string, error) {
	if strings.HasSuffix(place, ".tlog-proof") {
		return checkProof(place, vkey)
	}
	tree, kept, err := check(place, vkey)
	if err != nil {
		return "", err
	}
	verdict := fmt.Sprint(tree.N, " entries")
	if kept.number() < tree.N {
		verdict += fmt.Sprintf(", of which %d to %d are here", kept.from, kept.until-1)
	}
	if len(older) == 0 {
		return verdict, nil
	}
	before, err := checkGrown(place, vkey, tree, older[0])
	return fmt.Sprint(verdict, ", grown out of ", before), err
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

func check(root, vkey string) (tlog.Tree, kept, error) {
	tree, err := openCheckpoint(filepath.Join(root, "checkpoint"), vkey)
	if err != nil {
		return tree, kept{}, err
	}
	reader := tlog.TileHashReader(tree, folder{root})
	kept, err := whatIsKept(root, reader, tree)
	if err != nil {
		return tree, kept, err
	}
	for first := kept.from; first < kept.until; first += 256 {
		if _, err := checkBundle(root, reader, first, min(256, tree.N-first)); err != nil {
			return tree, kept, err
		}
	}
	return tree, kept, checkRoot(reader, tree)
}

// kept is which entries are here: all, but in a pruned log or an archive.
type kept struct{ from, until int64 }

func (k kept) number() int64 { return k.until - k.from }

// pruning is what the log says of a pruning in one of its entries, and a file repeats.
type pruning struct {
	From    int64            `json:"from"`
	Minimum int64            `json:"minimum"`
	Archive string           `json:"archive"`
	Next    map[string]int64 `json:"next"`
}

// whatIsKept believes the file of a pruned log or an archive when the signed entry that it names says the same.
func whatIsKept(root string, reader tlog.HashReader, tree tlog.Tree) (kept, error) {
	file := "archive"
	text, err := os.ReadFile(filepath.Join(root, file))
	if os.IsNotExist(err) {
		file = "minimum-index"
		text, err = os.ReadFile(filepath.Join(root, file))
	}
	if os.IsNotExist(err) {
		return kept{0, tree.N}, nil
	}
	if err != nil {
		return kept{}, err
	}
	var mark struct {
		pruning
		Entry int64 `json:"entry"`
	}
	if err := json.Unmarshal(text, &mark); err != nil {
		return kept{}, fmt.Errorf("%s: %w", file, err)
	}
	if mark.Entry < 0 || mark.Entry >= tree.N || mark.Minimum%256 != 0 || mark.From%256 != 0 {
		return kept{}, fmt.Errorf("%s: names no entry of %d", file, tree.N)
	}
	first := mark.Entry / 256 * 256
	entries, err := checkBundle(root, reader, first, min(256, tree.N-first))
	if err != nil {
		return kept{}, err
	}
	var entry struct {
		What    string          `json:"what"`
		From    json.RawMessage `json:"from"`
		Details pruning         `json:"details"`
	}
	if err := json.Unmarshal(entries[mark.Entry-first], &entry); err != nil {
		return kept{}, err
	}
	if entry.What != "prune-log" || entry.From != nil || !reflect.DeepEqual(entry.Details, mark.pruning) {
		return kept{}, fmt.Errorf("%s: entry %d does not say so", file, mark.Entry)
	}
	if file == "archive" {
		return kept{mark.From, mark.Minimum}, nil
	}
	return kept{mark.Minimum, tree.N}, nil
}

// checkGrown proves that an older checkpoint of the log is one of the same, shorter log.
func checkGrown(root, vkey string, tree tlog.Tree, older string) (int64, error) {
	before, err := openCheckpoint(older, vkey)
	if err != nil {
		return 0, err
	}
	proof, err := tlog.ProveTree(tree.N, before.N, tlog.TileHashReader(tree, folder{root}))
	if err != nil {
		return 0, err
	}
	return before.N, tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// checkProof checks a C2SP tlog-proof that carries its entry.
func checkProof(file, vkey string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	head, signed, _ := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") {
		return "", fmt.Errorf("not a proof that carries its entry")
	}
	entry, err := base64.StdEncoding.DecodeString(lines[1][len("extra "):])
	if err != nil {
		return "", err
	}
	var index int64
	if _, err := fmt.Sscanf(lines[2], "index %d", &index); err != nil {
		return "", err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return "", err
		}
		proof = append(proof, hash)
	}
	tree, err := parseNote([]byte(signed), vkey)
	if err != nil {
		return "", err
	}
	return fmt.Sprint("entry ", index, " of ", tree.N), tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func openCheckpoint(file, vkey string) (tlog.Tree, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return parseNote(signed, vkey)
}

func parseNote(signed []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	return parse(opened.Text, verifier.Name())
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

// checkBundle gives the entries, which it compares with leaf hashes that the reader has authenticated against the root.
func checkBundle(root string, reader tlog.HashReader, first, width int64) ([][]byte, error) {
	path := strings.Replace(tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)}.Path(), "tile/8/data/", "tile/entries/", 1)
	bundle, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		return nil, err
	}
	indexes := make([]int64, width)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
	}
	hashes, err := reader.ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	in := bytes.NewReader(bundle)
	entries := make([][]byte, 0, width)
	for i, hash := range hashes {
		var length uint16
		if err := binary.Read(in, binary.BigEndian, &length); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		entry := make([]byte, length)
		if n, _ := in.Read(entry); n != int(length) {
			return nil, fmt.Errorf("%s: ends inside entry %d", path, i)
		}
		entries = append(entries, entry)
		if tlog.RecordHash(entry) != hash {
			return nil, fmt.Errorf("%s: entry %d is not the one in the tree", path, first+int64(i))
		}
	}
	if in.Len() != 0 {
		return nil, fmt.Errorf("%s: %d bytes too many", path, in.Len())
	}
	return entries, nil
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
