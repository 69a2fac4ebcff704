namespace PasswordOps.Core.Activity;

/// <summary>Keeps checkpoints between runs.</summary>
public interface IActivityCheckpoints
{
    /// <summary>Opens a checkpoint for one run alone.</summary>
    /// <param name="path">Full path; there need not be such a file yet.</param>
    /// <returns>The checkpoint, until it is disposed.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>CheckpointInUse</c>: another run has it; <c>CheckpointBroken</c>: it is no checkpoint; <c>CheckpointNotWritable</c>,
    /// <c>CheckpointUnreadable</c>.
    /// </exception>
    IActivityCheckpointFile Open(string path);
}
