using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Directory;

/// <summary>
/// The tenant's directory: the port that Microsoft Graph stands behind. Methods over many users keep the order of their input and report
/// each user's failure in its place; the others throw <see cref="PasswordOpsException"/>. All are safe to call from several threads;
/// packing into batches, paging and waiting when the service asks for it happen behind the port.
/// </summary>
public interface IDirectory
{
    /// <summary>
    /// Finds users. One that does not exist is a failed reading with id <c>UserNotFound</c>; one that was deleted and can still be restored
    /// has the id <c>UserDeleted</c>, where the caller may read deleted items.
    /// </summary>
    /// <param name="identities">Whom to find.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading an identity.</returns>
    Task<IReadOnlyList<Reading<DirectoryUser>>> GetUsersAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop);

    /// <summary>Reads all users that are not deleted.</summary>
    /// <param name="read">Told how many have been read, after each page; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The users, in the service's order.</returns>
    Task<IReadOnlyList<DirectoryUser>> GetAllUsersAsync(IProgress<int>? read, CancellationToken stop);

    /// <summary>Reads the same page by page, so that nobody has to hold them all.</summary>
    /// <param name="take">Receives each page, one at a time.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the last page.</returns>
    Task ReadUsersAsync(Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop);

    /// <summary>Counts the users that are not deleted.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>How many; null when the service does not say.</returns>
    Task<int?> CountUsersAsync(CancellationToken stop);

    /// <summary>Finds a group: <c>GroupNotFound</c> where there is none, <c>GroupAmbiguous</c> where several have the name.</summary>
    /// <param name="nameOrId">Object id or display name.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The group.</returns>
    Task<DirectoryGroup> FindGroupAsync(string nameOrId, CancellationToken stop);

    /// <summary>Reads the users in a group and in the groups inside it, page by page.</summary>
    /// <param name="groupId">Object id.</param>
    /// <param name="take">Receives each page, one at a time.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the last page.</returns>
    Task ReadGroupUsersAsync(string groupId, Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop);

    /// <summary>
    /// Reads whether the source of authority was transferred from Active Directory to the tenant (<c>onPremisesSyncBehavior</c>).
    /// </summary>
    /// <param name="userIds">Object ids.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a user.</returns>
    Task<IReadOnlyList<Reading<bool>>> GetCloudManagedAsync(IReadOnlyList<string> userIds, CancellationToken stop);

    /// <summary>Reads authentication phones and email.</summary>
    /// <param name="userIds">Object ids.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a user.</returns>
    Task<IReadOnlyList<Reading<ContactData>>> GetContactDataAsync(IReadOnlyList<string> userIds, CancellationToken stop);

    /// <summary>Reads licences, direct and through groups.</summary>
    /// <param name="userIds">Object ids.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a user.</returns>
    Task<IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>>> GetLicensesAsync(IReadOnlyList<string> userIds, CancellationToken stop);

    /// <summary>
    /// Reads lines of the registration report. A user who is not in the report is a failed reading with id <c>RegistrationNotListed</c>.
    /// </summary>
    /// <param name="userIds">Object ids.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a user.</returns>
    Task<IReadOnlyList<Reading<RegistrationDetail>>> GetRegistrationsAsync(IReadOnlyList<string> userIds, CancellationToken stop);

    /// <summary>Reads the registration report page by page.</summary>
    /// <param name="onlyNotRegistered">True to have the service send only users who have not registered enough methods.</param>
    /// <param name="take">Receives each page, one at a time.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the last page.</returns>
    Task ReadRegistrationsAsync(bool onlyNotRegistered, Action<IReadOnlyList<RegistrationDetail>> take, CancellationToken stop);

    /// <summary>Reads how many members the registration report counts, in one request.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The counts.</returns>
    Task<RegistrationTotals> GetRegistrationTotalsAsync(CancellationToken stop);

    /// <summary>Reads active roles, role-assignable groups and administrative units, account by account.</summary>
    /// <param name="principalIds">Object ids of users or service principals.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a principal.</returns>
    Task<IReadOnlyList<Reading<Standing>>> GetStandingsAsync(IReadOnlyList<string> principalIds, CancellationToken stop);

    /// <summary>Reads the same for everybody, out of the tenant's lists: for many users, and before it is known who they are.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The standings; a failed reading where the caller may not see all these lists.</returns>
    Task<Reading<ITenantStandings>> GetTenantStandingsAsync(CancellationToken stop);

    /// <summary>Reads the roles that a user may activate in Privileged Identity Management and has not.</summary>
    /// <param name="principalId">Object id.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The roles, also those through groups.</returns>
    Task<IReadOnlyList<HeldRole>> GetEligibleRolesAsync(string principalId, CancellationToken stop);

    /// <summary>Reads the tenant.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The tenant.</returns>
    Task<Organization> GetOrganizationAsync(CancellationToken stop);

    /// <summary>Reads all domains.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The domains.</returns>
    Task<IReadOnlyList<Domain>> GetDomainsAsync(CancellationToken stop);

    /// <summary>Reads the products that the tenant bought.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The products.</returns>
    Task<IReadOnlyList<SubscribedSku>> GetSubscribedSkusAsync(CancellationToken stop);

    /// <summary>Reads the commercial subscriptions.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The subscriptions.</returns>
    Task<IReadOnlyList<Subscription>> GetSubscriptionsAsync(CancellationToken stop);

    /// <summary>Reads whether administrators may use self-service password reset (<c>allowedToUseSSPR</c>).</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The switch; null when the service left it out.</returns>
    Task<bool?> GetAdministratorSsprAsync(CancellationToken stop);

    /// <summary>Reads the switches of directory synchronisation; only a person may.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The switches; null where the tenant has none.</returns>
    Task<SyncFeatures?> GetSyncFeaturesAsync(CancellationToken stop);

    /// <summary>Reads the authentication methods policy.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The policy.</returns>
    Task<AuthenticationMethodsPolicy> GetAuthenticationMethodsPolicyAsync(CancellationToken stop);

    /// <summary>Opens the audit log. Nothing is asked for before the first page is.</summary>
    /// <param name="filter">Which rows.</param>
    /// <returns>The pages, in the order of time.</returns>
    IAuditPages OpenAudits(AuditFilter filter);

    /// <summary>
    /// Writes contact data. The writes of one call are independent and may be carried out in any order; the caller keeps a phone and its
    /// alternate in separate calls. A write whose outcome is unknown is reported so and never sent again.
    /// </summary>
    /// <param name="writes">What to write.</param>
    /// <param name="stop">
    /// Ends the work: what was not yet sent is not sent and its outcome has the error <c>Stopped</c>; what was sent is awaited within a
    /// bound.
    /// </param>
    /// <returns>One outcome a write.</returns>
    Task<IReadOnlyList<WriteOutcome>> WriteContactDataAsync(IReadOnlyList<ContactWrite> writes, CancellationToken stop);

    /// <summary>
    /// Gives cloud users a password (PATCH of passwordProfile). A write whose outcome is unknown is reported so and never sent again.
    /// </summary>
    /// <param name="writes">Whom, and which password; the caller disposes the passwords.</param>
    /// <param name="stop">
    /// Ends the work: what was not yet sent is not sent and its outcome has the error <c>Stopped</c>; what was sent is awaited within a
    /// bound.
    /// </param>
    /// <returns>One outcome a write.</returns>
    Task<IReadOnlyList<WriteOutcome>> SetPasswordsAsync(IReadOnlyList<PasswordWrite> writes, CancellationToken stop);

    /// <summary>Makes refresh tokens and browser sessions of users invalid: they have to sign in again within minutes.</summary>
    /// <param name="userIds">Object ids.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One outcome a user.</returns>
    Task<IReadOnlyList<WriteOutcome>> RevokeSessionsAsync(IReadOnlyList<string> userIds, CancellationToken stop);

    /// <summary>Changes the password of the person who is signed in.</summary>
    /// <param name="current">The present password.</param>
    /// <param name="next">The new one.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The service's request id.</returns>
    Task<string?> ChangeOwnPasswordAsync(Password current, Password next, CancellationToken stop);

    /// <summary>
    /// Starts the resetPassword action, which also writes back to Active Directory. The user must change the password; nobody can reset
    /// their own.
    /// </summary>
    /// <param name="userId">Object id.</param>
    /// <param name="password">The password; null lets the service make one, for cloud users only.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The operation to follow.</returns>
    Task<ResetOperation> StartPasswordResetAsync(string userId, Password? password, CancellationToken stop);

    /// <summary>Reads the state of a reset.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Its state.</returns>
    Task<ResetOperationState> GetPasswordResetAsync(ResetOperation operation, CancellationToken stop);
}
