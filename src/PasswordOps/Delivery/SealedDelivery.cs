using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>Seals passwords to a certificate: the sealed text is the delivery.</summary>
internal sealed class SealedDelivery : IPasswordDelivery
{
    private readonly IPasswordSealer sealer;
    private readonly SealingCertificate certificate;

    internal SealedDelivery(IPasswordSealer sealer, SealingCertificate certificate)
    {
        this.sealer = sealer;
        this.certificate = certificate;
    }

    /// <inheritdoc/>
    public Task<DeliveredPassword> DeliverAsync(string user, string userId, Password password, CancellationToken stop) =>
        Task.FromResult(new DeliveredPassword(
            Text.Of($"sealed to {certificate.Subject}; Unprotect-CmsMessage -Content .Delivery opens it"),
            sealer.Seal(certificate, password)));

    /// <summary>Nothing to take back: the text that nobody was given is forgotten.</summary>
    /// <param name="delivered">What was delivered.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that has ended.</returns>
    public Task WithdrawAsync(DeliveredPassword delivered, CancellationToken stop) => Task.CompletedTask;
}
