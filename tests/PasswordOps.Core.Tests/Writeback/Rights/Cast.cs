using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

/// <summary>Who appears in the tests of rights.</summary>
internal static class Cast
{
    public static readonly SecurityId Domain = Sid("S-1-5-21-1-2-3");
    public static readonly SecurityId Connector = Domain.Member(1104);
    public static readonly SecurityId Group = Domain.Member(1201);
    public static readonly SecurityId OuterGroup = Domain.Member(1202);
    public static readonly SecurityId Old = Sid("S-1-5-21-9-9-9-1104");
    public static readonly SecurityId DomainUsers = Domain.Member(513);
    public static readonly SecurityId Stranger = Domain.Member(1999);
    public static readonly SecurityId Anna = Domain.Member(1301);
    public static readonly SecurityId PreWindows2000 = Sid("S-1-5-32-554");
    public static readonly SecurityId Users = Sid("S-1-5-32-545");

    public static readonly IReadOnlyList<SecurityId> Trustees = new[]
    {
        Connector, Group, OuterGroup, WellKnown.AuthenticatedUsers, WellKnown.Everyone, WellKnown.Network, PreWindows2000, Users,
    };

    public static readonly IReadOnlyList<SecurityId> Strangers =
        new[] { Stranger, Domain.Member(1998), Sid("S-1-5-32-548"), Sid("S-1-5-18"), Sid("S-1-5-4"), Sid("S-1-3-0") };

    public static readonly RightsSchema Schema = new()
    {
        PasswordLastSet = new SchemaAttribute(DirectoryIds.PasswordLastSet, DirectoryIds.AccountRestrictions),
        LockoutTime = new SchemaAttribute(DirectoryIds.LockoutTime, null),
        Classes = new[]
        {
            new SchemaClass("user", DirectoryIds.User, UserDefault),
            new SchemaClass("inetOrgPerson", DirectoryIds.InetOrgPerson, UserDefault),
        },
    };

    /// <summary>What counts here of what a new user gets beside what it inherits.</summary>
    public const string UserDefault = "D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)"
        + "(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;AO)(A;;RPLCLORC;;;PS)(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)"
        + "(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;PS)(OA;;RPWP;77B5B886-944A-11d1-AEBD-0000F80367C1;;PS)";

    public static SecurityId Sid(string text) => SecurityId.TryParse(text) ?? throw new ArgumentException(text);

    public static AccountToken Token(bool groups = true, bool memberships = true) => new()
    {
        GroupsRead = groups,
        MembershipsRead = memberships,
        Parts = groups
            ? new[]
            {
                Part(Connector, TokenOrigin.Account), Part(Old, TokenOrigin.History), Part(DomainUsers, TokenOrigin.PrimaryGroup),
                Part(Group, TokenOrigin.Group, "Password Writers"), Part(OuterGroup, TokenOrigin.Group, "Helpers"),
                Part(Users, TokenOrigin.GroupOfWellKnown), Part(PreWindows2000, TokenOrigin.GroupOfWellKnown),
            }
            : new[] { Part(Connector, TokenOrigin.Account) },
    };

    public static Identities Who(bool groups = true, bool memberships = true) => new(Connector, Token(groups, memberships));

    public static RightAnswer Ask(
        SecurityDescriptor descriptor, DirectoryRight right, Identities? who = null, SecurityId? target = null, Guid? classId = null) =>
        AccessCheck.Judge(
            descriptor, RightQuestion.Of(right, Schema), new AccessTarget(target ?? Anna, classId ?? DirectoryIds.User), who ?? Who());

    /// <summary>Reads a list in which C, G, H and X stand for the connector, its group, the group around it, and a stranger.</summary>
    public static SecurityDescriptor Descriptor(string sddl)
    {
        string text = sddl.Replace(";C)", $";{Connector})").Replace(";G)", $";{Group})").Replace(";H)", $";{OuterGroup})")
            .Replace(";X)", $";{Stranger})").Replace(";OLD)", $";{Old})").Replace(";ANNA)", $";{Anna})")
            .Replace("{reset}", DirectoryIds.ResetPassword.ToString()).Replace("{change}", DirectoryIds.ChangePassword.ToString())
            .Replace("{unexpire}", DirectoryIds.UnexpirePassword.ToString())
            .Replace("{pwdLastSet}", DirectoryIds.PasswordLastSet.ToString())
            .Replace("{lockoutTime}", DirectoryIds.LockoutTime.ToString()).Replace("{set}", DirectoryIds.AccountRestrictions.ToString())
            .Replace("{user}", DirectoryIds.User.ToString()).Replace("{inet}", DirectoryIds.InetOrgPerson.ToString())
            .Replace("{domain}", DirectoryIds.DomainClass.ToString()).Replace("{zero}", Guid.Empty.ToString());
        string owned = text.StartsWith("O:", StringComparison.Ordinal) ? text : "O:SYG:SY" + text;
        return Sddl.TryRead(owned, Domain, Domain) ?? throw new ArgumentException(text);
    }

    private static TokenPart Part(SecurityId sid, TokenOrigin origin, string? name = null) =>
        new() { Sid = sid, Origin = origin, Name = name };
}
