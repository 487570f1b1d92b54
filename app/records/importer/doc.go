// Package importer takes records in from CSV and XLSX files: it finds out how a file is written, which of its columns fill which fields, and what
// would be new, changed or refused, and then writes it so that all of it can be taken back. It also writes such files, safe to open elsewhere.
package importer
