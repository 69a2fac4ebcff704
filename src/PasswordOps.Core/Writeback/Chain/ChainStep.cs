using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>One look at one link; a link can take several. All are taken side by side.</summary>
public sealed class ChainStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">What is looked at, for the answer when it does not come: for example a server.</param>
    /// <param name="look">The look. May throw <see cref="PasswordOpsException"/>, which makes the answer Unknown.</param>
    public ChainStep(ChainLink link, string name, Func<CancellationToken, Task<ChainFindings>> look)
    {
        Link = link;
        Name = name;
        Look = look;
    }

    /// <summary>The link.</summary>
    public ChainLink Link { get; }

    /// <summary>What is looked at.</summary>
    public string Name { get; }

    /// <summary>The look.</summary>
    public Func<CancellationToken, Task<ChainFindings>> Look { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Link}: {Name}";
}
