using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;

namespace PasswordOps.Core.Checks;

/// <summary>Makes reports of users as they come in from the tenant's lists. Of a user it keeps nothing once the report is given.</summary>
internal sealed class ReadinessRun
{
    private readonly object gate = new();
    private readonly List<(DirectoryUser User, Reading<RegistrationDetail> Line)> early = new();
    private readonly List<(DirectoryUser User, Reading<RegistrationDetail> Line)> unlisted = new();
    private readonly ConcurrentDictionary<string, Reading<IReadOnlyList<LicenseDetail>>> licenses = new(StringComparer.Ordinal);
    private readonly Action<UserFacts, ReadinessReport> emit;
    private TenantFacts? facts;
    private Reading<ITenantStandings>? standings;

    public ReadinessRun(Action<UserFacts, ReadinessReport> emit)
    {
        this.emit = emit;
    }

    /// <summary>Users who can sign in and have no line in the report, whose methods are still to be read.</summary>
    public IReadOnlyList<(DirectoryUser User, Reading<RegistrationDetail> Line)> Unlisted => unlisted;

    /// <summary>Gives what all reports need; who came before waited for it.</summary>
    public void Begin(TenantFacts tenant, Reading<ITenantStandings> everybody)
    {
        List<(DirectoryUser, Reading<RegistrationDetail>)> waited;
        lock (gate)
        {
            facts = tenant;
            standings = everybody;
            waited = early.ToList();
            early.Clear();
        }

        Take(waited);
    }

    /// <summary>Takes users with their lines; from any thread.</summary>
    public void Take(IReadOnlyList<(DirectoryUser User, Reading<RegistrationDetail> Line)> met)
    {
        lock (gate)
        {
            if (facts is null)
            {
                early.AddRange(met);
                return;
            }
        }

        List<UserFacts> known = new(met.Count);
        foreach ((DirectoryUser user, Reading<RegistrationDetail> line) in met)
        {
            if (line.Error?.Id == UnlistedUser.ErrorId && user.AccountEnabled != false
                && UserSource.Of(user, facts.OwnDomains).IsHere)
            {
                lock (gate)
                {
                    unlisted.Add((user, line));
                }
            }
            else
            {
                known.Add(Facts(user, line, null));
            }
        }

        Emit(known);
    }

    /// <summary>Takes users whose methods were read; from any thread.</summary>
    public void Take(
        IReadOnlyList<(DirectoryUser User, Reading<RegistrationDetail> Line)> users, IReadOnlyList<Reading<ContactData>> contacts) =>
        Emit(users.Select((one, i) => Facts(one.User, one.Line, contacts[i])).ToArray());

    private UserFacts Facts(DirectoryUser user, Reading<RegistrationDetail> line, Reading<ContactData>? contact) => new()
    {
        Tenant = facts!,
        User = Reading.Of(user, line.At),
        Standing = StandingOf(user.Id),
        Contact = contact,
        Registration = line,
        Licenses = LicensesOf(user),
    };

    private Reading<Standing> StandingOf(string id) =>
        !standings!.IsKnown ? Reading.Failed<Standing>(standings.Error!, standings.At)
        : standings.Value.Of(id) ?? Reading.Failed<Standing>(
            new PasswordOpsException(
                "StandingIncomplete",
                ErrorKind.InvalidOperation,
                Text.Of($"The tenant's lists name an administrative unit that they do not describe."),
                Text.Of($"Check this user alone, with Test-SsprReadiness {id}.")),
            standings.At);

    // A tenant has few combinations of licences.
    private Reading<IReadOnlyList<LicenseDetail>> LicensesOf(DirectoryUser user)
    {
        Reading<IReadOnlyList<SubscribedSku>> skus = facts!.Skus;
        if (!skus.IsKnown)
        {
            return Reading.Failed<IReadOnlyList<LicenseDetail>>(skus.Error!, skus.At);
        }

        string key = string.Join(";", user.AssignedLicenses.Select(one => one.SkuId + " " + string.Join(",", one.DisabledPlans)));
        return licenses.GetOrAdd(key, _ => Reading.Of(LicenseRules.Details(user.AssignedLicenses, skus.Value), skus.At));
    }

    private void Emit(IReadOnlyList<UserFacts> users)
    {
        ReadinessReport[] reports = users.Select(ReadinessReport.Of).ToArray();
        lock (emit)
        {
            for (int i = 0; i < reports.Length; i++)
            {
                emit(users[i], reports[i]);
            }
        }
    }
}
