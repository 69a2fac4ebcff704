using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Finds out which entries are missing and where they belong.</summary>
internal static class GrantPlanner
{
    private static readonly string[] Containers = { "domainDNS", "organizationalUnit", "container" };

    public static async Task<GrantPlan> PlanAsync(IDirectoryRights rights, GrantOptions options, CancellationToken stop)
    {
        IReadOnlyList<DirectoryDomain> domains = await rights.ReadDomainsAsync(stop).ConfigureAwait(false);
        DirectoryDomain domain = domains.FirstOrDefault(known => known.IsServed)
            ?? new DirectoryDomain { DistinguishedName = rights.Controller.DomainName, IsServed = true };
        ConnectorAccount account = await AccountAsync(rights, options, domain, stop).ConfigureAwait(false);
        AccountToken token = await AccountSearch.TokenAsync(rights, account, stop).ConfigureAwait(false);
        RightsSchema schema = await rights.ReadSchemaAsync(stop).ConfigureAwait(false);
        Scene scene = new(account, token, schema, options.InetOrgPerson);

        List<string> notes = new();
        if (!scene.Who.IsComplete)
        {
            notes.Add(Text.Of($"Not all groups of {account} could be read: an entry that denies one of them may stand in the way unseen."));
        }

        List<GrantStep> steps = new();
        PasswordOpsException? refusal = null;
        string root = domain.DistinguishedName;
        IEnumerable<string> containers = options.Containers.Count > 0 ? options.Containers : new[] { root };
        foreach (string name in containers.Append(root).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            bool isRoot = string.Equals(name, root, StringComparison.OrdinalIgnoreCase);
            bool isContainer = containers.Contains(name, StringComparer.OrdinalIgnoreCase);
            refusal = RefusedTarget(name, root);
            if (refusal is null)
            {
                DirectoryObject? found = await rights.ReadObjectAsync(name, stop).ConfigureAwait(false);

                // By the name that the directory gives: one may be written in many ways.
                (GrantStep? step, refusal) = found is not null && RefusedTarget(found.DistinguishedName, root) is PasswordOpsException other
                    ? (null, other)
                    : Step(scene, found?.DistinguishedName ?? name, found, isContainer, isRoot, notes);
                steps.AddRange(step is null ? Array.Empty<GrantStep>() : new[] { step });
            }

            if (refusal is not null)
            {
                break;
            }
        }

        return new GrantPlan
        {
            Account = account, Domain = domain, Server = rights.Controller.Name,
            Steps = refusal is null ? steps : Array.Empty<GrantStep>(),
            Refusal = refusal,
            Notes = notes,
        };
    }

    /// <summary>Why nothing is written on an object, whatever its list; null when something may be.</summary>
    public static PasswordOpsException? RefusedTarget(string name, string domain)
    {
        string system = "CN=System," + domain;
        if (!DistinguishedNames.IsWithin(name, domain))
        {
            return new PasswordOpsException(
                "GrantTargetRefused", ErrorKind.InvalidArgument, Text.Of($"{name} is not in the domain {domain}."),
                Text.Of($"Give the distinguished name of an organizational unit of this domain, or a domain controller of the other."));
        }

        return DistinguishedNames.IsWithin(name, system)
            ? new PasswordOpsException(
                "GrantTargetRefused", ErrorKind.Security,
                Text.Of($"{name} is under CN=System: there is AdminSDHolder, whose list is copied to every administrator. Rights are "
                    + $"never granted there."),
                Text.Of($"Grant on the domain or on an organizational unit; protected accounts are not for writeback."))
            : null;
    }

    public static PasswordOpsException Unreadable(string name, DirectoryObject? found, string? fault) => found is null
        ? new PasswordOpsException(
            "GrantTargetNotFound", ErrorKind.NotFound, Text.Of($"{name} does not exist, or may not be seen."),
            Text.Of($"Give the distinguished name of an organizational unit of this domain."))
        : new PasswordOpsException(
            "GrantListNotReadable", found.Descriptor is null ? ErrorKind.PermissionDenied : ErrorKind.InvalidData,
            found.Descriptor is null ? Text.Of($"The descriptor of {name} may not be read.")
                : fault is null ? Text.Of($"{name} has no list.")
                : Text.Of($"The descriptor of {name} is malformed: {fault}."),
            Text.Of($"Run this as an account that may read and write permissions there, for example a domain administrator."));

    /// <summary>The change of one object, from what was read of it.</summary>
    internal static (GrantStep?, PasswordOpsException?) Step(
        Scene scene, string name, DirectoryObject? found, bool isContainer, bool isRoot, List<string> notes)
    {
        string? fault = null;
        SecurityDescriptor? now = found?.Descriptor is byte[] bytes ? SecurityDescriptor.TryRead(bytes, out fault) : null;
        if (now?.Dacl is not IReadOnlyList<Ace> list)
        {
            return (null, Unreadable(name, found, fault));
        }

        if (!Containers.Contains(found!.ObjectClass, StringComparer.OrdinalIgnoreCase))
        {
            return (null, new PasswordOpsException(
                "GrantTargetRefused", ErrorKind.InvalidArgument,
                Text.Of($"{name} is of the class {found.ObjectClass}: rights over users are granted on a domain or an organizational "
                    + $"unit."),
                Text.Of($"Give the distinguished name of an organizational unit.")));
        }

        List<Grant> missing = new();
        if (isContainer)
        {
            missing.AddRange(scene.OverUsers.Where(grant => scene.OnNewUser(now, grant, scene.Plain).Outcome != RightOutcome.Granted));
        }

        if (isRoot && scene.OnDomain(now, scene.Plain).Outcome != RightOutcome.Granted)
        {
            missing.Add(scene.Unexpire);
        }

        if (missing.Count == 0)
        {
            return (null, null);
        }

        if (!now.IsInOrder)
        {
            return (null, new PasswordOpsException(
                "GrantListOutOfOrder", ErrorKind.InvalidOperation,
                Text.Of($"The list of {name} is out of order: no place in it is the right one for another entry."),
                Text.Of($"Open its Security page, which offers to put the entries in order, look at what that changes, and try again.")));
        }

        return WithEntries(scene, name, now, list, missing, notes);
    }

    private static (GrantStep?, PasswordOpsException?) WithEntries(
        Scene scene, string name, SecurityDescriptor now, IReadOnlyList<Ace> list, List<Grant> missing, List<string> notes)
    {
        // Behind every own entry, before what is inherited: in order, since these are own entries that grant, with an object type.
        Ace[] entries = missing.Select(grant => grant.Entry).ToArray();
        int place = list.TakeWhile(ace => !ace.IsInherited).Count();
        Ace[] longer = list.Take(place).Concat(entries).Concat(list.Skip(place)).ToArray();
        if (SecurityDescriptor.LengthOf(longer) > SecurityDescriptor.LongestList)
        {
            return (null, new PasswordOpsException(
                "GrantListTooLong", ErrorKind.LimitsExceeded, Text.Of($"The list of {name} is full."),
                Text.Of($"Remove entries of identities that are no more, or grant on the organizational units below.")));
        }

        SecurityDescriptor then = now.With(longer);
        foreach (Grant grant in missing)
        {
            RightAnswer answer = grant.Right == DirectoryRight.UnexpirePassword
                ? scene.OnDomain(then, scene.Who)
                : scene.OnNewUser(then, grant, scene.Who);
            string right = RightReasons.Name(grant.Right);
            if (answer.Outcome == RightOutcome.NotGranted)
            {
                return (null, new PasswordOpsException(
                    "GrantDenied", ErrorKind.InvalidOperation,
                    Text.Of($"{right} would still be denied under {name}: {Sddl.Entry(answer.Entry!)} for "
                        + $"{RightReasons.Trustee(answer.Entry!.Sid, scene.Who)} comes first."),
                    Text.Of($"Remove that entry, or take the account out of the group that it is for, and try again.")));
            }

            if (answer.Outcome == RightOutcome.Unknown)
            {
                notes.Add(Text.Of($"Whether {right} takes effect under {name} cannot be told. ")
                    + RightReasons.Of(RightVerdict.Of(grant.Right, answer), scene.Who, grant.ClassName));
            }
        }

        return (new GrantStep
        {
            DistinguishedName = name,
            Added = entries.Select(Sddl.Entry).ToArray(),
            Rights = missing.Select(grant => grant.Right).Distinct().ToArray(),
            Before = Sddl.List(now),
            After = Sddl.List(then),
            DescriptorBefore = now.ListOnly().ToBytes(),
            DescriptorAfter = then.ListOnly().ToBytes(),
        }, null);
    }

    private static async Task<ConnectorAccount> AccountAsync(
        IDirectoryRights rights, GrantOptions options, DirectoryDomain domain, CancellationToken stop)
    {
        if (options.KnownAccount is ConnectorAccount known)
        {
            return known;
        }

        IReadOnlyList<ConnectorAccount> found = await AccountSearch.FindAsync(rights, options.Account, stop).ConfigureAwait(false);
        string advice = Text.Of($"Name the connector account; the Synchronization Service Manager shows it in the connector's properties.");
        return found.Count switch
        {
            1 => found[0],
            0 => throw new PasswordOpsException(
                "ConnectorNotFound", ErrorKind.NotFound,
                options.Account is null
                    ? Text.Of($"No account in {domain} is named as connector accounts usually are.")
                    : Text.Of($"There is no account '{options.Account}' in {domain}."),
                advice),
            _ => throw new PasswordOpsException(
                "ConnectorAmbiguous", ErrorKind.InvalidArgument,
                Text.Of($"{found.Count} accounts in {domain} could be the connector's: ")
                    + string.Join(", ", found.Take(5).Select(account => account.SamAccountName)) + ".",
                advice),
        };
    }

    /// <summary>An entry, and what it is to bring about.</summary>
    internal sealed record Grant(DirectoryRight Right, string ClassName, Guid ClassId, Ace Entry);

    /// <summary>For whom, and by which schema.</summary>
    internal sealed class Scene
    {
        private readonly RightsSchema schema;
        private readonly SecurityId account;

        public Scene(ConnectorAccount account, AccountToken token, RightsSchema schema, bool inetOrgPerson)
        {
            this.account = account.Sid;
            this.schema = schema;
            Who = new Identities(account.Sid, token);

            // What it has as an administrator counts as missing: that is what it should be taken out of.
            Plain = new Identities(
                account.Sid, token with { Parts = token.Parts.Where(part => !WellKnown.IsAdministrators(part.Sid)).ToArray() });
            List<Grant> grants = new();
            grants.AddRange(Over("user", DirectoryIds.User));
            grants.AddRange(inetOrgPerson ? Over("inetOrgPerson", DirectoryIds.InetOrgPerson) : Array.Empty<Grant>());
            OverUsers = grants;
            Unexpire = new Grant(
                DirectoryRight.UnexpirePassword, "domainDNS", DirectoryIds.DomainClass,
                Entry(AceFlags.ContainerInherit, AccessMask.ControlAccess, DirectoryIds.UnexpirePassword, null));
        }

        public Identities Who { get; }

        public Identities Plain { get; }

        public IReadOnlyList<Grant> OverUsers { get; }

        public Grant Unexpire { get; }

        public RightAnswer OnNewUser(SecurityDescriptor container, Grant grant, Identities who) => AccessCheck.Judge(
            Inheritance.NewObject(container, grant.ClassId, SecurityDescriptor.Of(null, null, Array.Empty<Ace>())),
            RightQuestion.Of(grant.Right, schema), new AccessTarget(WellKnown.Nobody, grant.ClassId), who);

        public RightAnswer OnDomain(SecurityDescriptor root, Identities who) => AccessCheck.Judge(
            root, RightQuestion.Of(DirectoryRight.UnexpirePassword, schema),
            new AccessTarget(WellKnown.Nobody, DirectoryIds.DomainClass), who);

        private IEnumerable<Grant> Over(string name, Guid id)
        {
            const AceFlags below = AceFlags.ContainerInherit | AceFlags.InheritOnly;
            yield return new Grant(
                DirectoryRight.ResetPassword, name, id, Entry(below, AccessMask.ControlAccess, DirectoryIds.ResetPassword, id));
            yield return new Grant(
                DirectoryRight.WriteLockoutTime, name, id,
                Entry(below, AccessMask.WriteProperty, schema.LockoutTime?.Id ?? DirectoryIds.LockoutTime, id));
            yield return new Grant(
                DirectoryRight.WritePasswordLastSet, name, id,
                Entry(below, AccessMask.WriteProperty, schema.PasswordLastSet?.Id ?? DirectoryIds.PasswordLastSet, id));
        }

        private Ace Entry(AceFlags flags, uint mask, Guid type, Guid? inheritedBy) =>
            Ace.Of(AceType.AllowObject, flags, mask, type, inheritedBy, account);
    }
}
