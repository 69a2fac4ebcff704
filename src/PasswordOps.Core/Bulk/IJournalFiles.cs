using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Bulk;

/// <summary>The port to journals on disk. Values in them are encrypted; the file is for its owner alone.</summary>
public interface IJournalFiles
{
    /// <summary>Begins a journal.</summary>
    /// <param name="path">File, which must not exist.</param>
    /// <param name="head">The run.</param>
    /// <param name="protectTo">Certificate whose private key opens the values; null for this account on this machine.</param>
    /// <returns>The journal; dispose it.</returns>
    /// <exception cref="PasswordOpsException"><c>JournalExists</c>, <c>JournalNotWritable</c>.</exception>
    IJournal Create(string path, JournalHead head, SealingCertificate? protectTo);

    /// <summary>Opens a journal to go on with its run. New values get a key of their own, so that the old one is not needed.</summary>
    /// <param name="path">File.</param>
    /// <param name="protectTo">As for <see cref="Create"/>.</param>
    /// <returns>The journal; dispose it.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>JournalNotFound</c>, <c>JournalInUse</c>, <c>JournalBroken</c>, <c>JournalTooNew</c>, <c>JournalNotWritable</c>.
    /// </exception>
    IJournal Continue(string path, SealingCertificate? protectTo);

    /// <summary>Opens a journal for reading, also while a run appends to it.</summary>
    /// <param name="path">File.</param>
    /// <param name="certificate">Certificate with the private key; null to look in the certificate stores.</param>
    /// <returns>The journal; dispose it.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>JournalNotFound</c>, <c>JournalBroken</c>, <c>JournalTooNew</c>, <c>JournalUnreadable</c>.
    /// </exception>
    IJournal Open(string path, X509Certificate2? certificate);

    /// <summary>Tells whether a process has a journal open for appending at the moment.</summary>
    /// <param name="path">File.</param>
    /// <returns>True when one has.</returns>
    bool IsInUse(string path);
}
