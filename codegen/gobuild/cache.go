package gobuild

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// How much of the past is kept in the cache folder.
const (
	keepBinaries = 50
	keepBundles  = 5
	binaryAge    = 10 * time.Minute
	keepFailures = 20
	failureAge   = time.Hour
	keepRuntimes = 3
	runtimeAge   = 24 * time.Hour
)

// cacheDir is the folder where veloc keeps the unpacked runtime, binaries of
// `veloc run` and files of failed builds.
func cacheDir(env environ) (string, error) {
	if dir, ok := env.get("VELOC_CACHE"); ok && dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", errors.New("there is no cache folder: set HOME, XDG_CACHE_HOME or VELOC_CACHE")
	}
	return filepath.Join(dir, "veloc"), nil
}

// key identifies the binary of the program for the cache: what is generated,
// what it is compiled with, and for which machine.
func (b *builder) key() (string, bool) {
	print, ok := b.place.fingerprint(b)
	if !ok {
		return "", false
	}
	parts := []string{print, runtime.Version(), b.Name, b.Package, fmt.Sprint(b.Release)}
	for _, v := range []string{"GOOS", "GOARCH", "GOAMD64", "GOARM64", "GOFLAGS", "GOEXPERIMENT"} {
		value, _ := b.env.get(v)
		parts = append(parts, value)
	}
	for _, p := range b.packages() {
		parts = append(parts, p.Name)
		for _, f := range p.Files {
			parts = append(parts, f.Name, string(f.Content))
		}
	}
	return hashOf(parts...), true
}

// hashOf identifies a list of texts.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))[:20]
}

// touch reports whether a file is there and marks its folder as used now.
func touch(name string) bool {
	st, err := os.Stat(name)
	if err != nil || !st.Mode().IsRegular() {
		return false
	}
	now := time.Now()
	_ = os.Chtimes(filepath.Dir(name), now, now)
	return true
}

// prune removes the oldest folders below dir beyond the newest keep. It leaves
// alone what is younger than age: somebody may be working there.
func prune(dir string, keep int, age time.Duration) {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) <= keep {
		return
	}
	type folder struct {
		name string
		used time.Time
	}
	var all []folder
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() {
			all = append(all, folder{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b folder) int {
		return cmp.Or(b.used.Compare(a.used), strings.Compare(a.name, b.name))
	})
	for i, f := range all {
		if i >= keep && time.Since(f.used) > age {
			_ = os.RemoveAll(filepath.Join(dir, f.name))
		}
	}
}
