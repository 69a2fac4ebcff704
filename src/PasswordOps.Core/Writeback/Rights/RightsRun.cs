using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>One judgement of one domain: reads, counts, and hands the facts to the checks.</summary>
internal sealed class RightsRun
{
    private const int MostClasses = 20;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    private readonly IDirectoryRights rights;
    private readonly RightsOptions options;
    private readonly IClock clock;
    private readonly IProgress<BulkProgress>? progress;
    private readonly List<RightTally> tallies = new();
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    public RightsRun(IDirectoryRights rights, RightsOptions options, IClock clock, IProgress<BulkProgress>? progress)
    {
        this.rights = rights;
        this.options = options;
        this.clock = clock;
        this.progress = progress;
    }

    public async Task<RightsReport> RunAsync(CancellationToken stop)
    {
        IReadOnlyList<DirectoryDomain> domains = await rights.ReadDomainsAsync(stop).ConfigureAwait(false);
        DirectoryDomain domain = domains.FirstOrDefault(known => known.IsServed)
            ?? new DirectoryDomain { DistinguishedName = rights.Controller.DomainName, IsServed = true };
        RightsFacts facts = new()
        {
            Now = clock.UtcNow, Domain = domain, Server = rights.Controller.Name, All = options.All,
            AskedAccount = options.KnownAccount?.SamAccountName ?? options.Account,
            Users = new UserTally(options.Examples),
        };
        facts.Candidates = options.KnownAccount is ConnectorAccount given
            ? new[] { given }
            : await AccountSearch.FindAsync(rights, options.Account, stop).ConfigureAwait(false);
        int descriptors = 0;
        if (facts.Candidates.Count == 1)
        {
            facts.Account = facts.Candidates[0];
            AccountToken token = await AccountSearch.TokenAsync(rights, facts.Account, stop).ConfigureAwait(false);
            facts.Who = new Identities(facts.Account.Sid, token);
            facts.TokenGaps = token.Gaps;
            descriptors = await JudgeAsync(facts, domains, stop).ConfigureAwait(false);
        }

        return Report(facts, domains, descriptors);
    }

    private async Task<int> JudgeAsync(RightsFacts facts, IReadOnlyList<DirectoryDomain> domains, CancellationToken stop)
    {
        RightsSchema schema = await SchemaAsync(facts, stop).ConfigureAwait(false);
        ContainerReader containers = new(rights);
        using UserJudge judge = new(facts.Who!, schema);
        IReadOnlyList<string> bases = options.SearchBases.Count > 0 ? options.SearchBases : new[] { facts.Domain.DistinguishedName };
        foreach (string searchBase in bases)
        {
            await ReadUsersAsync(facts, judge, searchBase, stop).ConfigureAwait(false);
            await JudgeNewAsync(facts, judge, schema, containers, domains, searchBase, stop).ConfigureAwait(false);
        }

        await JudgeDomainAsync(facts, schema, containers, stop).ConfigureAwait(false);
        List<RightRow> rows = new();
        IEnumerable<RightTally> seen = tallies.Where(tally => tally.Granted + tally.NotGranted + tally.Unknown > 0);

        // The class that nearly everybody is of first, in whatever order the domain controller gave them.
        foreach (RightTally tally in seen.OrderBy(tally => tally.Basis)
            .ThenBy(tally => !string.Equals(tally.ObjectClass, "user", StringComparison.OrdinalIgnoreCase)))
        {
            rows.Add(await RowAsync(tally, facts, containers, stop).ConfigureAwait(false));
        }

        facts.Rows = rows;
        return judge.Descriptors;
    }

    private async Task<RightsSchema> SchemaAsync(RightsFacts facts, CancellationToken stop)
    {
        try
        {
            RightsSchema schema = await rights.ReadSchemaAsync(stop).ConfigureAwait(false);
            if (schema.LockoutTime?.PropertySet is Guid set)
            {
                facts.Notes.Add(Text.Of($"lockoutTime was put into the property set {set}: entries for that set cover it here."));
            }

            return schema;
        }
        catch (PasswordOpsException refused)
        {
            facts.Notes.Add(Text.Of($"The schema could not be read: {refused.Message}"));
            return new RightsSchema();
        }
    }

    private async Task ReadUsersAsync(RightsFacts facts, UserJudge judge, string searchBase, CancellationToken stop)
    {
        DateTimeOffset start = clock.UtcNow;
        DateTimeOffset last = start;
        void Page(IReadOnlyList<DirectoryObject> page)
        {
            foreach (DirectoryObject user in page)
            {
                Take(facts, judge, searchBase, user);
            }

            DateTimeOffset now = clock.UtcNow;
            if (progress is not null && now - last >= ProgressEvery)
            {
                last = now;
                progress.Report(new BulkProgress(
                    Text.Of($"Reading users"), facts.Users.Users, null, facts.Users.Users / (now - start).TotalSeconds, null));
            }
        }

        try
        {
            if (options.All)
            {
                await rights.ReadUsersAsync(new RightsUserQuery { SearchBase = searchBase }, Page, stop).ConfigureAwait(false);
                return;
            }

            // Of the rarer class too, which a sample would hardly hit; those that come twice count once.
            HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
            foreach (string name in new[] { "user", "inetOrgPerson" })
            {
                RightsUserQuery query = new()
                {
                    SearchBase = searchBase, ObjectClass = name, LeaveOutProtected = true, Limit = options.SampleSize,
                };
                await rights.ReadUsersAsync(
                    query, page => Page(page.Where(user => seen.Add(user.DistinguishedName)).ToArray()), stop).ConfigureAwait(false);
            }
        }
        catch (PasswordOpsException broken)
        {
            facts.Broken = options.SearchBases.Count > 0 && broken.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument
                ? new PasswordOpsException(
                    broken.Id, broken.Kind, Text.Of($"{searchBase} does not exist, or may not be seen."),
                    Text.Of($"Give the distinguished name of an organizational unit of this domain."), broken)
                : broken;
        }
    }

    private void Take(RightsFacts facts, UserJudge judge, string searchBase, DirectoryObject user)
    {
        JudgedDescriptor judged = judge.Judge(user);
        bool isProtected = user.AdminCount > 0;
        UserObstacle obstacle = judged.Obstacle(isProtected);
        string Reason() => RightReasons.OfObstacle(obstacle, judged, facts.Who!, user.ObjectClass);
        facts.Users.Add(obstacle, user.DistinguishedName, Reason);
        facts.SteppedOver += judged.SteppedOver > 0 ? 1 : 0;
        facts.CouldGrantItself += judged.CouldGrantItself ? 1 : 0;
        if (!judged.IsInOrder)
        {
            facts.OutOfOrder++;
            facts.OutOfOrderExample ??= user.DistinguishedName;
        }

        if (obstacle == UserObstacle.Protected)
        {
            facts.ProtectedPeople += user.Sid?.RelativeId is WellKnown.Administrator or WellKnown.KeyDistribution ? 0 : 1;
        }
        else if (obstacle != UserObstacle.InheritanceBlocked)
        {
            foreach (RightVerdict verdict in Answers(judged))
            {
                Tally(searchBase, user.ObjectClass, verdict.Right, RightBasis.Users).Add(verdict, user.DistinguishedName);
            }
        }

        options.EachUser?.Invoke(new UserRights
        {
            DistinguishedName = user.DistinguishedName,
            ObjectClass = user.ObjectClass,
            Obstacle = obstacle,
            Reason = obstacle == UserObstacle.None ? null : Reason(),
            Rights = judged.Rights,
            IsProtected = isProtected,
            InheritanceBlocked = judged.IsProtected,
            CouldGrantItself = judged.CouldGrantItself,
        });
    }

    // A descriptor that could not be judged leaves every right unknown.
    private static IEnumerable<RightVerdict> Answers(JudgedDescriptor judged) => judged.Cause is RightCause cause
        ? UserJudge.Required.Select(right => new RightVerdict { Right = right, Outcome = RightOutcome.Unknown, Cause = cause })
        : judged.Rights;

    private RightTally Tally(string container, string objectClass, DirectoryRight right, RightBasis basis)
    {
        RightTally? found = tallies.FirstOrDefault(tally => tally.Right == right && tally.Basis == basis
            && string.Equals(tally.Container, container, StringComparison.Ordinal)
            && string.Equals(tally.ObjectClass, objectClass, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            // A directory that makes up classes shall not fill the memory.
            bool many = tallies.Select(tally => tally.ObjectClass).Distinct(StringComparer.OrdinalIgnoreCase).Count() >= MostClasses;
            if (many && objectClass != "*")
            {
                return Tally(container, "*", right, basis);
            }

            found = new RightTally(container, objectClass, right, basis);
            tallies.Add(found);
        }

        return found;
    }

    private async Task JudgeNewAsync(
        RightsFacts facts, UserJudge judge, RightsSchema schema, ContainerReader containers, IReadOnlyList<DirectoryDomain> domains,
        string searchBase, CancellationToken stop)
    {
        SecurityDescriptor? container = await containers.ReadAsync(searchBase, stop).ConfigureAwait(false);
        string? text = schema.Classes.FirstOrDefault(known => string.Equals(known.Name, "user", StringComparison.OrdinalIgnoreCase))
            ?.DefaultDescriptor;
        SecurityDescriptor? own = text is null ? null : Sddl.TryRead(text, facts.Domain.Sid, ForestSid(facts.Domain, domains));
        if (container is not null && !container.IsInOrder)
        {
            facts.OutOfOrder++;
            facts.OutOfOrderExample = searchBase;
        }

        JudgedDescriptor? judged = container is null || own is null ? null : judge.JudgeNew(container, "user", own);
        RightCause unread = container is null ? RightCause.NotReadable : RightCause.UnknownSchema;
        IEnumerable<RightVerdict> answers = judged?.Rights
            ?? UserJudge.Required.Select(right => new RightVerdict { Right = right, Outcome = RightOutcome.Unknown, Cause = unread });
        foreach (RightVerdict verdict in answers)
        {
            Tally(searchBase, "user", verdict.Right, RightBasis.NewUser).Add(verdict, searchBase);
        }
    }

    // The root domain of the forest is the one that all others of its tree end in; the only one when there is no other.
    private static SecurityId? ForestSid(DirectoryDomain domain, IReadOnlyList<DirectoryDomain> domains) =>
        domains.OrderBy(known => known.DistinguishedName.Length)
            .FirstOrDefault(known => domain.DistinguishedName.EndsWith(known.DistinguishedName, StringComparison.OrdinalIgnoreCase))?.Sid
        ?? domain.Sid;

    private async Task JudgeDomainAsync(RightsFacts facts, RightsSchema schema, ContainerReader containers, CancellationToken stop)
    {
        string name = facts.Domain.DistinguishedName;
        SecurityDescriptor? root = await containers.ReadAsync(name, stop).ConfigureAwait(false);
        RightAnswer answer = root is null
            ? new RightAnswer(RightOutcome.Unknown, containers.WasMalformed(name) ? RightCause.Malformed : RightCause.NotReadable)
            : AccessCheck.Judge(
                root, RightQuestion.Of(DirectoryRight.UnexpirePassword, schema),
                new AccessTarget(facts.Domain.Sid, DirectoryIds.DomainClass), facts.Who!);
        RightVerdict verdict = RightVerdict.Of(DirectoryRight.UnexpirePassword, answer);
        Tally(name, "domainDNS", verdict.Right, RightBasis.Object).Add(verdict, name);
    }

    private async Task<RightRow> RowAsync(RightTally tally, RightsFacts facts, ContainerReader containers, CancellationToken stop)
    {
        RightTally.Kind telling = tally.Telling!;
        RightVerdict verdict = telling.Verdict;
        facts.GroupsMatter |= verdict.Cause == RightCause.UnknownGroups && tally.Right != DirectoryRight.ChangePassword;
        string? standsOn = verdict.Entry is null ? null
            : tally.Basis == RightBasis.NewUser && verdict.IsInherited
                ? await containers.OriginAsync(tally.Container, verdict.Entry, facts.Domain.DistinguishedName, true, stop)
                    .ConfigureAwait(false)
            : verdict.IsInherited
                ? await containers.OriginAsync(telling.Example, verdict.Entry, facts.Domain.DistinguishedName, false, stop)
                    .ConfigureAwait(false)
            : tally.Basis == RightBasis.NewUser ? null
            : telling.Example;
        return new RightRow
        {
            Right = tally.Right, Container = tally.Container, ObjectClass = tally.ObjectClass, Basis = tally.Basis,
            Outcome = tally.Outcome, Granted = tally.Granted, NotGranted = tally.NotGranted, Unknown = tally.Unknown,
            Cause = verdict.Cause,
            Decided = verdict.Entry is null ? null : verdict,
            Trustee = RightReasons.Trustee(verdict.Trustee, facts.Who!),
            StandsOn = standsOn,
            Example = telling.Example,
            Reason = RightReasons.Of(verdict, facts.Who!, tally.ObjectClass),
        };
    }

    private RightsReport Report(RightsFacts facts, IReadOnlyList<DirectoryDomain> domains, int descriptors)
    {
        CheckResult[] checks = CheckCatalog.WritebackRights.Select(check => check.Run(facts, facts.Domain.ToString())).ToArray();
        Verdict verdict = checks.Max(check => check.Verdict);
        CheckResult? weakest = verdict > Verdict.Pass ? checks.First(check => check.Verdict == verdict) : null;
        return new RightsReport
        {
            Verdict = verdict,
            Headline = Headline(verdict, weakest, facts),
            WeakestLink = weakest,
            NextStep = weakest?.Fix,
            Checks = checks,
            Domain = facts.Domain,
            Server = facts.Server,
            OtherDomains = domains.Where(domain => !domain.IsServed).ToArray(),
            Account = facts.Account,
            Candidates = facts.Candidates,
            Identities = facts.Who?.Parts.ToArray() ?? Array.Empty<TokenPart>(),
            Rights = facts.Rows,
            Users = facts.Users.Users,
            Served = facts.Users.Served,
            NotServed = facts.Users.Groups,
            IsComplete = options.All && facts.Broken is null && facts.Account is not null,
            Descriptors = descriptors,
            Notes = Notes(facts).Where(told.Add).ToArray(),
            JudgedAt = facts.Now,
        };
    }

    private static string Headline(Verdict verdict, CheckResult? weakest, RightsFacts facts) => verdict switch
    {
        Verdict.Fail => Text.Of($"Writeback lacks rights in {facts.Domain}: {weakest!.Reason}"),
        Verdict.Warn => Text.Of($"The rights in {facts.Domain} need a look: {weakest!.Reason}"),
        Verdict.Unknown => Text.Of($"Cannot tell whether writeback has its rights in {facts.Domain}: {weakest!.Reason}"),
        _ => Text.Of($"{facts.Account} has what writeback needs in {facts.Domain}; {facts.Users.Users} users were looked at."),
    };

    private IEnumerable<string> Notes(RightsFacts facts)
    {
        foreach (string note in facts.Notes)
        {
            yield return note;
        }

        if (facts.SteppedOver > 0)
        {
            yield return Text.Of($"The lists of {facts.SteppedOver} users hold entries of a type that decides nothing; "
                + $"they were stepped over.");
        }

        if (facts.CouldGrantItself > 0)
        {
            yield return Text.Of($"On {facts.CouldGrantItself} users the account lacks a right that it could grant itself: "
                + $"it owns them or may write their list. That is not the right.");
        }

        if (!options.All && facts.Users.Users > 0)
        {
            yield return Text.Of($"Only {facts.Users.Users} users were looked at, and no protected ones; Test-WritebackPermission -All "
                + $"looks at every user.");
        }

        yield return Text.Of($"Inherited entries reach users some time after a change high up, and on other domain controllers "
            + $"after replication.");
    }
}
