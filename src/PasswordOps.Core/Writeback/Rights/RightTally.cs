using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Counts the answers about one right for one class in one container.</summary>
internal sealed class RightTally
{
    // Beyond so many different deciding entries the rest is counted, not told apart.
    private const int MostKinds = 100;

    private readonly Dictionary<(RightOutcome, RightCause, string?), Kind> kinds = new();

    public RightTally(string container, string objectClass, DirectoryRight right, RightBasis basis)
    {
        Container = container;
        ObjectClass = objectClass;
        Right = right;
        Basis = basis;
    }

    public string Container { get; }

    public string ObjectClass { get; }

    public DirectoryRight Right { get; }

    public RightBasis Basis { get; }

    public int Granted { get; private set; }

    public int NotGranted { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>The most frequent of what most needs attention.</summary>
    public Kind? Telling => kinds.Values.OrderByDescending(kind => kind.Verdict.Outcome).ThenByDescending(kind => kind.Count)
        .FirstOrDefault();

    public RightOutcome Outcome =>
        NotGranted + Unknown == 0 ? RightOutcome.Granted
        : Granted + Unknown == 0 ? RightOutcome.NotGranted
        : Granted + NotGranted == 0 ? RightOutcome.Unknown
        : RightOutcome.Partly;

    public void Add(RightVerdict verdict, string example)
    {
        Granted += verdict.Outcome == RightOutcome.Granted ? 1 : 0;
        NotGranted += verdict.Outcome == RightOutcome.NotGranted ? 1 : 0;
        Unknown += verdict.Outcome == RightOutcome.Unknown ? 1 : 0;
        (RightOutcome, RightCause, string?) key = (verdict.Outcome, verdict.Cause, verdict.Entry);
        if (kinds.TryGetValue(key, out Kind? kind))
        {
            kind.Count++;
        }
        else if (kinds.Count < MostKinds)
        {
            kinds.Add(key, new Kind(verdict, example));
        }
    }

    internal sealed class Kind
    {
        public Kind(RightVerdict verdict, string example)
        {
            Verdict = verdict;
            Example = example;
            Count = 1;
        }

        public RightVerdict Verdict { get; }

        public string Example { get; }

        public int Count { get; set; }
    }
}
