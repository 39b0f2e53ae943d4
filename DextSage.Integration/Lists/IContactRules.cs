using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>The rules of suppliers and customers, for a file that says what theirs shall set. Implemented by the room that has them; lists know no more of it.</summary>
public interface IContactRules
{
    /// <param name="by">Who brings the file.</param>
    /// <param name="list">Suppliers or customers.</param>
    Task<IContactRuleWriter> OpenAsync(DextSageDb db, Guid by, ListKind list, CancellationToken cancellationToken);
}

/// <summary>Saves nothing: whoever opened it does.</summary>
public interface IContactRuleWriter
{
    /// <summary>All else that the rule says stays, and so does what is null here.</summary>
    /// <param name="currency">ISO 4217.</param>
    /// <returns>Whether the rule has become another.</returns>
    bool Set(Guid contact, string name, string? currency, Guid? category);
}
