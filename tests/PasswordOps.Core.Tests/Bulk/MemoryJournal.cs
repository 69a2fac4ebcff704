using System;
using System.Collections.Generic;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

/// <summary>A journal in memory, which outlives the run that writes it.</summary>
internal sealed class MemoryJournal : IJournal
{
    public MemoryJournal(JournalHead head)
    {
        Head = head;
    }

    public string Path => "/journals/test.jsonl";

    public JournalHead Head { get; }

    public List<JournalEntry> Entries { get; } = new();

    public bool IsDeleted { get; private set; }

    /// <summary>Called before each append; may throw.</summary>
    public Action<IReadOnlyList<JournalEntry>>? OnAppend { get; set; }

    public IEnumerable<JournalEntry> Read(bool withValues)
    {
        JournalEntry[] now;
        lock (Entries)
        {
            now = Entries.ToArray();
        }

        return now;
    }

    public void Append(IReadOnlyList<JournalEntry> entries, bool flush)
    {
        lock (Entries)
        {
            OnAppend?.Invoke(entries);
            Entries.AddRange(entries);
        }
    }

    public void Delete() => IsDeleted = true;

    public void Dispose()
    {
    }
}
