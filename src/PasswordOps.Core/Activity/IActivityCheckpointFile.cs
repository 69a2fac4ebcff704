using System;

namespace PasswordOps.Core.Activity;

/// <summary>A checkpoint that one run has for itself.</summary>
public interface IActivityCheckpointFile : IDisposable
{
    /// <summary>What the last run left; null when there was none.</summary>
    ActivityCheckpoint? Value { get; }

    /// <summary>Puts a new one in its place, whole or not at all.</summary>
    /// <param name="value">The new one.</param>
    /// <exception cref="PasswordOpsException"><c>CheckpointNotWritable</c>.</exception>
    void Save(ActivityCheckpoint value);
}
