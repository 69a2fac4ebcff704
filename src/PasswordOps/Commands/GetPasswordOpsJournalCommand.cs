using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>Tells what the journal of a run says: what was planned, sent and answered; also while the run goes on.</summary>
[Cmdlet(VerbsCommon.Get, "PasswordOpsJournal")]
[OutputType(typeof(PasswordOpsJournal), typeof(PasswordOpsJournalChange))]
public sealed class GetPasswordOpsJournalCommand : PasswordOpsCmdlet
{
    /// <summary>Journals; without it those in the account's own folder.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "Journal")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Give every write that was sent, instead of the counts.</summary>
    [Parameter]
    public SwitchParameter Changes { get; set; }

    /// <summary>Show the values before and after; needs what they are encrypted for.</summary>
    [Parameter]
    public SwitchParameter ShowValues { get; set; }

    /// <summary>Certificate with the private key that opens the journal's values: certificate object, thumbprint or PFX file.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Certificate { get; set; }

    /// <summary>Password of the certificate's file.</summary>
    [Parameter]
    public SecureString? CertificatePassword { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        // Nothing from the pipeline is not the same as nothing given.
        bool isAll = Path.Length == 0 && !MyInvocation.ExpectingInput;
        X509Certificate2? key = Certificates.WithKey(this, Certificate, CertificatePassword);
        foreach (string path in isAll ? JournalPlace.All() : Path.Select(GetUnresolvedProviderPathFromPSPath).ToArray())
        {
            Attempt(path, () => Await(stop => Task.Run(() => Tell(path, key, stop), stop)));
        }
    }

    private void Tell(string path, X509Certificate2? key, CancellationToken stop)
    {
        IJournalFiles files = Adapters.JournalFiles();
        using IJournal journal = files.Open(path, key);
        if (!Changes)
        {
            bool isInUse = files.IsInUse(path);
            PasswordOpsJournal told = new(
                JournalReport.Of(journal.Read(withValues: false).Select(entry => Checked(entry, stop))), journal, isInUse);
            Send(() => WriteObject(told));
            return;
        }

        foreach (JournalWrite write in JournalWrite.Of(journal.Read(ShowValues).Select(entry => Checked(entry, stop))))
        {
            PasswordOpsJournalChange told = new(write, ShowValues);
            Send(() => WriteObject(told));
        }
    }

    private static JournalEntry Checked(JournalEntry entry, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return entry;
    }
}
