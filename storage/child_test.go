package storage

func child(string) {}
