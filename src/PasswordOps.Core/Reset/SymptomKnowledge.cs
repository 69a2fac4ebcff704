using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Reset;

/// <summary>What is known of a symptom (Knowledge/symptoms.tsv).</summary>
/// <param name="Title">What people see.</param>
/// <param name="IsOfUser">True when the question is about one user.</param>
/// <param name="Checks">Ids of the checks that explain it, the most likely cause first.</param>
/// <param name="Otherwise">What is left when none of them does.</param>
/// <param name="Next">What to do then.</param>
internal sealed record SymptomKnowledge(string Title, bool IsOfUser, IReadOnlyList<string> Checks, string Otherwise, string Next)
{
    private static readonly Dictionary<ResetSymptom, SymptomKnowledge> All = KnowledgeTable.Load("symptoms").Rows.ToDictionary(
        row => (ResetSymptom)Enum.Parse(typeof(ResetSymptom), row["symptom"]),
        row => new SymptomKnowledge(row["title"], row["user"] == "Y", row["checks"].Split(','), row["otherwise"], row["next"]));

    public static SymptomKnowledge Of(ResetSymptom symptom)
    {
        SymptomKnowledge known = All[symptom];
        return known with
        {
            Title = Text.Translated(known.Title), Otherwise = Text.Translated(known.Otherwise), Next = Text.Translated(known.Next),
        };
    }
}
