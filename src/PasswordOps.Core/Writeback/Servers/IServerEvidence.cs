using System.Threading;

namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The port through which what the collector left is read.</summary>
public interface IServerEvidence
{
    /// <summary>Reads evidence.</summary>
    /// <param name="folder">Folder that the collector left.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What it holds; a part that is missing, broken or of another type is not known, and the others are.</returns>
    /// <exception cref="PasswordOpsException">It cannot be read at all: <c>EvidenceNotFound</c>, <c>EvidenceUnreadable</c>,
    /// <c>EvidenceInvalid</c>.</exception>
    ServerEvidence Read(string folder, CancellationToken stop);
}
