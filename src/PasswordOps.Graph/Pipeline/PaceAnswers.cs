using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Graph.Pipeline;

/// <summary>What answers of the service say about the pace.</summary>
internal static class PaceAnswers
{
    /// <summary>Reads the answers to requests that went out together, in their order.</summary>
    public static PaceAnswer Of(IReadOnlyList<GraphAnswer> answers)
    {
        int refused = 0;
        int behind = 0;
        int busy = 0;
        foreach (GraphAnswer answer in answers)
        {
            refused += answer.Status == 429 ? 1 : 0;
            behind += refused > 0 && answer.Status is not (0 or 429) ? 1 : 0;
            busy += IsBusy(answer) ? 1 : 0;
        }

        return new PaceAnswer
        {
            Refused = refused,
            IsOfWholeBatch = refused > 0 && answers[0].IsOfWholeBatch,
            AdmittedBehind = behind,
            RetryAfter = Longest(answers.Where(answer => answer.Status == 429)),
            IsBusy = 2 * busy >= answers.Count && busy > 0,
            Pause = Longest(answers.Where(IsBusy)),
            Used = answers.Max(answer => answer.LimitUsed),
        };
    }

    private static bool IsBusy(GraphAnswer answer) => answer.Status is 503 or 504;

    private static TimeSpan? Longest(IEnumerable<GraphAnswer> answers) => answers.Max(answer => answer.RetryAfter);
}
