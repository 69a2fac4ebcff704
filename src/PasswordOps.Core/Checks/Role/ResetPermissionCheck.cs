using PasswordOps.Core.Access;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Role;

/// <summary>Has the token the Microsoft Graph permission for the route?</summary>
internal sealed class ResetPermissionCheck : Check<ResetFacts>
{
    public ResetPermissionCheck()
        : base("role.permission", "Microsoft Graph permissions index (2026-08-07)")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        ResetRoute route = facts.Route.Route;
        if (route is ResetRoute.None or ResetRoute.ActiveDirectory)
        {
            return new Answer(
                Verdict.NotApplicable,
                route == ResetRoute.None ? Text.Of($"There is no route that a permission could open.")
                    : Text.Of($"A domain controller asks for no permission of Microsoft Graph."),
                facts.Route.Words, facts.User.At);
        }

        if (facts.Caller.Permissions.Count == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"No token shows the permissions of this caller; with the portal the role alone decides."),
                "no permissions known", facts.User.At);
        }

        GraphOperation operation = GraphOperation.Named(route == ResetRoute.PasswordProfile ? "password.set" : "password.reset");
        PasswordOpsException? missing = CallerRights.MissingPermission(facts.Caller, operation);
        return missing is null
            ? new Answer(Verdict.Pass, Text.Of($"The token allows to {operation.Title}."), facts.Tenant.Permissions, facts.User.At)
            : new Answer(Verdict.Fail, missing.Message, facts.Tenant.Permissions, facts.User.At, missing.Advice)
            {
                Missing = new[]
                {
                    (facts.Caller.IsAppOnly ? "application" : "delegated") + " permission "
                    + operation.Permissions(facts.Caller.IsAppOnly)[0],
                },
            };
    }
}
