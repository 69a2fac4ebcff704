using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>
/// Finds out what a refused password means. The service gives one code for a weak password and for one that it does not master, and one for
/// a role that is too low and for a user whom roles over the tenant do not reach at all; the user and the tenant's domains tell them apart.
/// What cannot be read leaves the refusal as it is, with both meanings; so does a password of a cloud user that breaks none of the known
/// rules, since a banned word and an origin that no property shows are told apart by nothing but the service's prose.
/// </summary>
internal sealed class PasswordRefusals
{
    private const string Rejected = "PasswordRejected";
    private const string RoleMissing = "RoleMissing";

    private readonly GraphDirectory directory;
    private readonly Failures failures;

    public PasswordRefusals(GraphDirectory directory, Failures failures)
    {
        this.directory = directory;
        this.failures = failures;
    }

    /// <summary>Puts what the refusals mean in their places.</summary>
    public async Task ExplainAsync(
        PasswordOpsException?[] errors,
        IReadOnlyList<GraphCall> calls,
        IReadOnlyList<(string UserId, Password? Password)> writes,
        CancellationToken stop)
    {
        int[] places = Enumerable.Range(0, errors.Length).Where(place => errors[place]?.Id is Rejected or RoleMissing).ToArray();
        if (places.Length == 0)
        {
            return;
        }

        List<GraphCall> reads = places.Select(place => GraphDirectory.ForUser(Routes.UserSource, writes[place].UserId)).ToList();
        reads.Add(GraphDirectory.ForTenant(Routes.Domains));
        try
        {
            IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(reads, stop).ConfigureAwait(false);
            int last = places.Length;
            Reading<IReadOnlyList<WireDomain>> domains =
                await directory.ReadListAsync(answers[last], reads[last], GraphJson.Default.PageWireDomain, stop).ConfigureAwait(false);
            for (int i = 0; i < places.Length; i++)
            {
                Reading<DirectoryUser> user = directory.Read(answers[i], reads[i], GraphJson.Default.WireUser, Translate.User);
                PasswordOpsException error = errors[places[i]]!;
                string? id = !user.IsKnown ? null
                    : error.Id == RoleMissing ? user.Value.IsManagementRestricted == true ? "RestrictedManagement" : null
                    : Meaning(user.Value, domains, writes[places[i]].Password);
                errors[places[i]] = id is null ? error : failures.Own(id, calls[places[i]], EvidenceOf(error));
            }
        }
        catch (OperationCanceledException)
        {
            // That the password was refused is worth more than why.
        }
    }

    /// <summary>What a password that does not fit means for a user; null when both meanings stay.</summary>
    private static string? Meaning(DirectoryUser user, Reading<IReadOnlyList<WireDomain>> domains, Password? password)
    {
        // Once synced: the password may still have its origin elsewhere.
        if (user.OnPremisesSyncEnabled is bool synced)
        {
            return synced ? "UserMasteredOnPremises" : null;
        }

        if (!domains.IsKnown)
        {
            return null;
        }

        string suffix = user.UserPrincipalName.Substring(user.UserPrincipalName.IndexOf('@') + 1);
        Domain? own = domains.Value.Select(Translate.Domain)
            .FirstOrDefault(domain => string.Equals(domain.Name, suffix, StringComparison.OrdinalIgnoreCase));
        UserSource source = UserSource.Of(user, domains.Value.Select(domain => domain.Id ?? string.Empty).ToArray());
        return !source.IsHere ? "PasswordMasteredElsewhere"
            : own is { IsFederated: true } ? "UserFederated"
            : own is not null && password is not null && PasswordRules.Broken(password).Count > 0 ? "PasswordTooWeak"
            : null;
    }

    private static ErrorEvidence EvidenceOf(PasswordOpsException error) => new()
    {
        Status = error.Status, ServiceCode = error.ServiceCode, RequestId = error.RequestId, ServiceTime = error.ServiceTime,
    };
}
