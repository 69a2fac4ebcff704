using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Core.Contacts;

/// <summary>Where the rows of a run come from. They can be gone through more than once and are the same each time.</summary>
public interface IContactSource
{
    /// <summary>Name of the sheet without folder, or what else it is.</summary>
    string Name { get; }

    /// <summary>What tells these rows from others: SHA-256, as hexadecimal digits.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>64 digits.</returns>
    string Digest(CancellationToken stop);

    /// <summary>Goes through the rows, as a stream. A row that cannot be read is there with its error.</summary>
    /// <returns>The rows, each with a place of its own.</returns>
    IEnumerable<ContactRequest> Read();
}
