using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <param name="BankAccount">Name of the account it is linked to; null where none is.</param>
/// <param name="IsAccountGone">That account is no longer in Sage.</param>
/// <param name="RemovedAt">Null while it is in use.</param>
public sealed record PaymentMethodView(Guid Id, string Name, string? LastDigits, Guid? BankAccountId, string? BankAccount, bool IsAccountGone, DateTimeOffset? RemovedAt);

/// <param name="Id">Null for a new one.</param>
/// <param name="LastDigits">Two to four digits, or nothing.</param>
public sealed record PaymentMethodDraft(Guid? Id, string Name, string? LastDigits, Guid? BankAccountId);

/// <summary>Told when a payment method goes out of another bank account than before.</summary>
public interface IWhenRelinked
{
    Task RelinkedAsync(Guid businessId, Guid methodId, CancellationToken cancellationToken);
}

/// <summary>Dext's own list of payment methods, kept by Admins.</summary>
public sealed class PaymentMethods(BusinessStore store, IEnumerable<IWhenRefreshed> followers, IEnumerable<IWhenRelinked> mending, BusinessSignal signal, TimeProvider time)
{
    public async Task<IReadOnlyList<PaymentMethodView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        return await scope.Db.PaymentMethods.AsNoTracking().OrderBy(m => m.RemovedAt != null).ThenBy(m => m.Name).ThenBy(m => m.LastDigits)
            .Select(m => new PaymentMethodView(m.Id, m.Name, m.LastDigits, m.BankAccountId, m.BankAccount!.DisplayName, m.BankAccount != null && m.BankAccount.RetiredAt != null, m.RemovedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The accounts that a method can be linked to.</summary>
    public async Task<IReadOnlyList<PickerEntry>> BankAccountsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        return await scope.Db.BankAccounts.AsNoTracking().Where(a => a.RetiredAt == null && a.IsVisible).OrderBy(a => a.Name)
            .Select(a => new PickerEntry(a.Id, a.DisplayName, a.Currency)).ToListAsync(cancellationToken);
    }

    /// <summary>Null when it was saved, or else why not.</summary>
    public async Task<string?> SaveAsync(Caller caller, PaymentMethodDraft draft, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        var db = scope.Db;
        var (name, digits) = (draft.Name.Trim(), string.IsNullOrWhiteSpace(draft.LastDigits) ? null : draft.LastDigits.Trim());
        if (name.Length is 0 or > PaymentMethod.LongestName) return $"A payment method's name has 1 to {PaymentMethod.LongestName} characters.";
        if (digits is not null && (digits.Length is < 2 or > 4 || !digits.All(char.IsAsciiDigit))) return "The last digits are two to four digits, such as 4242.";
        if (await db.PaymentMethods.AnyAsync(m => m.RemovedAt == null && m.Id != draft.Id && EF.Functions.Collate(m.Name, "NOCASE") == name && m.LastDigits == digits, cancellationToken))
            return digits is null ? $"There is a payment method called {name} already." : $"There is a payment method called {name} with the digits {digits} already.";

        var method = draft.Id is { } id ? await db.PaymentMethods.AsTracking().SingleOrDefaultAsync(m => m.Id == id, cancellationToken) : null;
        if (draft.Id is not null && method is null) return "This payment method is not on the list any more.";
        if (draft.BankAccountId is { } account && account != method?.BankAccountId && !await db.BankAccounts.AnyAsync(a => a.Id == account && a.RetiredAt == null, cancellationToken))
            return "That bank account is not on the list any more. Choose another.";

        if (method is null) db.Add(method = new PaymentMethod { BusinessId = db.BusinessId, Name = name, CreatedAt = time.GetUtcNow() });
        var isRelinked = draft.Id is not null && method.BankAccountId != draft.BankAccountId;
        (method.Name, method.LastDigits, method.BankAccountId) = (name, digits, draft.BankAccountId);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var its in isRelinked ? mending : []) await its.RelinkedAsync(caller.BusinessId, method.Id, cancellationToken);
        await FollowAsync(caller, cancellationToken);
        return null;
    }

    // What is paid with it may be Ready now, or no longer.
    private async Task FollowAsync(Caller caller, CancellationToken cancellationToken)
    {
        foreach (var follower in followers) await follower.RefreshedAsync(caller.BusinessId, cancellationToken);
        signal.Raise(caller.BusinessId);
    }

    /// <summary>Takes it out of use; what was paid with it keeps it.</summary>
    public Task RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken = default) => SetRemovedAsync(caller, id, time.GetUtcNow(), cancellationToken);

    /// <summary>Null when it is in use again, or else why not: two alike could not be told apart.</summary>
    public async Task<string?> RestoreAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        var all = await ListAsync(caller, cancellationToken);
        var method = all.FirstOrDefault(m => m.Id == id);
        if (method is not null && all.Any(m => m.RemovedAt is null && m.LastDigits == method.LastDigits && string.Equals(m.Name, method.Name, StringComparison.OrdinalIgnoreCase)))
            return $"Another {method.Name} is on the list already. Rename that one first.";
        await SetRemovedAsync(caller, id, at: null, cancellationToken);
        return null;
    }

    private async Task SetRemovedAsync(Caller caller, Guid id, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        await scope.Db.PaymentMethods.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.RemovedAt, at), cancellationToken);
        await FollowAsync(caller, cancellationToken);
    }
}
