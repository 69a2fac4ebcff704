using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
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

    /// <summary>The plan in the view: field, action and masked values.</summary>
    [Hidden]
    public string PlanText => IsValid
        ? string.Join("; ", Changes.Select(Words))
        : Paint.Bad("blocked") + " " + string.Join("; ", Errors.Select(error => error.Message));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Words(ContactChange change) => change.Action switch
    {
        ChangeAction.Same => Paint.Dim(change.Field + " same"),
        ChangeAction.Clear => change.Field + " " + Paint.Doubt("clear") + " " + change.Current,
        ChangeAction.Change => change.Field + " " + Paint.Doubt("change") + " " + change.Current + " -> " + change.New,
        ChangeAction.Set => change.Field + " " + Paint.Good("set") + " " + change.New,
        _ => change.Field + " " + Paint.Bad("blocked"),
    };
}
