package main

import "context"

func runWindow(context.Context, *call) error { return errQuiet }
