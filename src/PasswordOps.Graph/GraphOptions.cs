using System;
using Azure.Core.Pipeline;
using PasswordOps.Core;

namespace PasswordOps.Graph;

/// <summary>What tests replace, and the limits of one connection.</summary>
internal sealed class GraphOptions
{
    /// <summary>Carries all requests, those of sign-in too; null makes one that talks to the network.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Gives numbers from 0 up to 1, on any thread.</summary>
    public Func<double> Random { get; init; } = SharedRandom.Next;

    /// <summary>How many batches one connection sends at the same time.</summary>
    public int BatchesAtOnce { get; init; } = 8;

    /// <summary>How often a request is sent at most.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>How long all waits of one request may take together.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    private static class SharedRandom
    {
        private static readonly Random Source = new();

        public static double Next()
        {
            lock (Source)
            {
                return Source.NextDouble();
            }
        }
    }
}
