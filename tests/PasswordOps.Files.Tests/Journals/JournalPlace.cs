using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Passwords;
using PasswordOps.Files.Journals;

namespace PasswordOps.Files.Tests.Journals;

/// <summary>A folder for a journal, an account that keeps its key there, and entries to write.</summary>
internal sealed class JournalPlace : IDisposable
{
    public const string Phone = "+1 4255550137";
    public const string Email = "anna.private@fabrikam.com";
    public const string UserId = "6f1c9a1e-0f5c-4c64-9d6e-5b1c3a0d2e11";

    public static readonly DateTimeOffset Now = new(2026, 8, 20, 9, 30, 0, 123, TimeSpan.Zero);

    public JournalPlace()
    {
        Folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "journal-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Folder);
        Path = System.IO.Path.Combine(Folder, "hr.csv.journal");
        KeyFolder = System.IO.Path.Combine(Folder, "profile", "PasswordOps");
        Files = For(KeyFolder);
    }

    public string Folder { get; }

    public string Path { get; }

    public string KeyFolder { get; }

    public JournalFiles Files { get; }

    public static JournalHead Head { get; } = new()
    {
        RunId = new Guid("0b0a7c52-5f5e-4b8e-9c2e-2f4d8a7f0d01"),
        Operation = "Set-SsprContactData",
        TenantId = "11111111-2222-3333-4444-555555555555",
        Account = "admin@contoso.com",
        Source = "hr \u00e9.csv",
        SourceDigest = new string('A', 64),
        Options = new Dictionary<string, string> { ["Target"] = "AuthenticationMethod", ["DefaultCountry"] = "NL" },
        Started = Now,
        ModuleVersion = "0.1.0",
    };

    /// <summary>The port of an account whose profile is at a place.</summary>
    public static JournalFiles For(string keyFolder, params X509Certificate2[] inStore) => new(
        new KeyProtection(
            new AccountKeyFile(keyFolder),
            location => location == StoreLocation.CurrentUser ? new X509Certificate2Collection(inStore) : new X509Certificate2Collection()),
        new FixedClock());

    public static SealingCertificate Sealing(TestCertificate certificate) => new()
    {
        Subject = certificate.Certificate.Subject,
        Thumbprint = certificate.Certificate.Thumbprint,
        ValidUntil = certificate.Certificate.NotAfter,
        IsForDocuments = false,
        RawData = certificate.Der,
    };

    public static JournalPlanned Planned(int row, string? before = null, string? after = Phone) => new()
    {
        At = Now.AddTicks(row),
        Row = row,
        User = $"anna{row}@contoso.com",
        UserId = UserId,
        Changes = new[]
        {
            new JournalChange("Mobile", before is null ? "Add" : "Replace", before, after),
            new JournalChange("Email", "Add", null, Email),
        },
    };

    public static JournalSending Sending(int row) => new()
    {
        At = Now,
        Row = row,
        User = $"anna{row}@contoso.com",
        UserId = UserId,
        Change = new JournalChange("Mobile", "Replace", "+1 4255550100", Phone),
    };

    public static JournalOutcome Outcome(int row, JournalOutcomeKind kind = JournalOutcomeKind.Written) => new()
    {
        At = Now,
        Row = row,
        Field = "Mobile",
        Kind = kind,
        ErrorId = kind == JournalOutcomeKind.Refused ? "PhoneRefused" : null,
        RequestId = "c2a5b5d4-0c6f-4c9e-8c39-6c1c2ad7f3b1",
        Attempts = 2,
    };

    /// <summary>One of every kind of entry.</summary>
    public static JournalEntry[] OfEveryKind() => new JournalEntry[]
    {
        new JournalBegun { At = Now, ProcessId = 4711 },
        Planned(2),
        Planned(3, before: "+44 2079460123", after: null),
        new JournalPlanned
        {
            At = Now, Row = 4, User = "o'neil#EXT#@contoso.com", ErrorId = "UserNotFound", Reason = "There is none \"so\".",
        },
        new JournalPlanEnd { At = Now, Rows = 3 },
        Sending(2),
        Outcome(2),
        Outcome(3, JournalOutcomeKind.Refused),
        Outcome(3, JournalOutcomeKind.Found),
        Outcome(3, JournalOutcomeKind.NotSent),
        Outcome(3, JournalOutcomeKind.Unknown),
        new JournalEnd { At = Now },
    };

    /// <summary>Everything that an entry says, in a form that can be compared.</summary>
    public static string Told(JournalEntry entry) => entry switch
    {
        JournalPlanned planned => $"{planned.At:o} {planned.Row} {planned.User} {planned.UserId} {planned.ErrorId} {planned.Reason} "
            + string.Join(";", planned.Changes.Select(Told)),
        JournalSending sending => $"{sending.At:o} {sending.Row} {sending.User} {sending.UserId} {Told(sending.Change)}",
        JournalOutcome o => $"{o.At:o} {o.Row} {o.Field} {o.Kind} {o.ErrorId} {o.RequestId} {o.Attempts}",
        JournalBegun begun => $"{begun.At:o} begun {begun.ProcessId}",
        JournalPlanEnd end => $"{end.At:o} planned {end.Rows}",
        _ => $"{entry.At:o} {entry.GetType().Name}",
    };

    /// <summary>Writes a journal and closes it.</summary>
    public void Write(params JournalEntry[] entries)
    {
        using IJournal journal = Files.Create(Path, Head, null);
        journal.Append(entries, flush: true);
    }

    public List<string> Read(bool withValues = true)
    {
        using IJournal journal = Files.Open(Path, null);
        return journal.Read(withValues).Select(Told).ToList();
    }

    /// <summary>The failure that opening and reading it to its end gives; the test fails when there is none.</summary>
    public PasswordOpsException Failure(bool withValues = true) => Assert.Throws<PasswordOpsException>(() => Read(withValues));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Told(JournalChange change) =>
        $"{change.Action} {change.Field} '{change.Before ?? "-"}' '{change.After ?? "-"}' {change.HasValues}";

    private sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow => Now;

        public System.Threading.Tasks.Task DelayAsync(TimeSpan time, System.Threading.CancellationToken stop) =>
            System.Threading.Tasks.Task.CompletedTask;
    }
}
