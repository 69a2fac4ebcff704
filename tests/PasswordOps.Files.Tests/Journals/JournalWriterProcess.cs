#if NET
using System;
using System.IO;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Tests.Journals;

/// <summary>
/// What this assembly does when it is started as a program: it appends to a journal until it is killed, and tells each row
/// when it is on the disk.
/// </summary>
internal static class JournalWriterProcess
{
    private static int Main(string[] arguments)
    {
        (string path, string keyFolder) = (arguments[0], arguments[1]);
        using IJournal journal = File.Exists(path)
            ? JournalPlace.For(keyFolder).Continue(path, null)
            : JournalPlace.For(keyFolder).Create(path, JournalPlace.Head, null);
        journal.Append(new[] { new JournalBegun { At = JournalPlace.Now, ProcessId = Environment.ProcessId } }, flush: true);
        for (int row = 0; row < int.MaxValue; row++)
        {
            journal.Append(new[] { JournalPlace.Sending(row) }, flush: true);
            Console.Out.WriteLine(row);
            Console.Out.Flush();
        }

        return 0;
    }
}
#endif
