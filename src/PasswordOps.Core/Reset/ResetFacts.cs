using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>What was read to decide on one reset, and what was asked.</summary>
internal sealed record ResetFacts
{
    private UserSource? source;
    private RouteChoice? route;

    public required TenantAnswers Tenant { get; init; }

    public OrganizationFacts Organization => Tenant.Facts;

    public required Reading<DirectoryUser> User { get; init; }

    public required Reading<Standing> Standing { get; init; }

    public required ResetVia Via { get; init; }

    public required ForceChange? ForceChange { get; init; }

    public ConnectionContext Caller => Organization.Caller;

    public UserSource Source => source ??= UserSource.Of(User.Value, Organization.OwnDomains);

    public RouteChoice Route => route ??= RouteChooser.Choose(this);
}
