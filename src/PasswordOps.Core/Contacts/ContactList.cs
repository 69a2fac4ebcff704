using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Core.Contacts;

/// <summary>Rows that somebody gave one by one, as from a pipeline.</summary>
public sealed class ContactList : IContactSource
{
    private readonly IReadOnlyList<ContactRequest> requests;

    /// <summary>Creates a source; requests without a row of a sheet get their place in the list.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="requests">The rows.</param>
    public ContactList(string name, IReadOnlyList<ContactRequest> requests)
    {
        Name = name;
        this.requests = requests.Select((request, i) => request.At(i + 1)).ToArray();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Digest(CancellationToken stop) => Digests.Of(requests.Select(request => string.Join("\t", request.Wanted
        .OrderBy(wanted => wanted.Key)
        .Select(wanted => wanted.Key + "=" + (wanted.Value ?? ContactRequest.ClearWord))
        .Prepend(request.Identity.ToLowerInvariant()))));

    /// <inheritdoc/>
    public IEnumerable<ContactRequest> Read() => requests;
}
