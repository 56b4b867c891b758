// Command measure runs a program and writes down what it took: seconds of wall
// clock, seconds of CPU and the peak of its memory.
//
//	measure REPORT PROGRAM [ARGUMENT ..]
//
// It is a process of its own, and a small one, because a Linux process starts
// out with the memory peak of the one that started it.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: measure REPORT PROGRAM [ARGUMENT ..]")
		os.Exit(2)
	}
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
	s := cmd.ProcessState
	cpu := s.UserTime() + s.SystemTime()
	report := fmt.Sprintf("%.6f %.6f %d\n", wall.Seconds(), cpu.Seconds(), peakMemory(s))
	if err := os.WriteFile(os.Args[1], []byte(report), 0o666); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}
