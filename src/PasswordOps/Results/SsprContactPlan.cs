using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>The plan for one user's contact data, with its words in the view.</summary>
public sealed record SsprContactPlan : ContactPlanRow
{
    [SetsRequiredMembers]
    internal SsprContactPlan(ContactPlanRow original)
        : base(original)
    {
    }

    /// <summary>The view: row, user, and for each field what is planned, with masked values.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Row(
        IsValid && Changes.Count == 0 ? Paint.Dim(Text.Of($"nothing given"))
            : IsValid ? string.Join(", ", Changes.Select(Words))
            : string.Join("\n", Errors.Select(error => Paint.Bad(Text.Of($"blocked")) + " " + error.Message + " " + error.Advice)),
        (RowWord.Of(Row), 6),
        (User, 28));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Words(ContactChange change) => change.Action switch
    {
        ChangeAction.Same => Paint.Dim(Text.Of($"{change.Field} same")),
        ChangeAction.Clear => change.Field + " " + Paint.Doubt(Text.Of($"clear")) + " " + change.Current + Note(change),
        ChangeAction.Change =>
            change.Field + " " + Paint.Doubt(Text.Of($"change")) + " " + change.Current + " -> " + change.New + Note(change),
        ChangeAction.Set => change.Field + " " + Paint.Good(Text.Of($"set")) + " " + change.New + Note(change),
        _ => change.Field + " " + Paint.Bad(Text.Of($"blocked")),
    };

    private static string Note(ContactChange change) => change.Note is null ? string.Empty : " (" + change.Note + ")";
}
