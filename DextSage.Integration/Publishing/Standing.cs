using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>How a published document stands in Sage now, as far as it decides whether Sage lets go of it.</summary>
/// <param name="Document">Null where Sage does not have it any more.</param>
/// <param name="Payment">The payment that was recorded from here; null where there was none, or Sage does not have it any more.</param>
/// <param name="LockedUntil">Last day of the period that is closed in Sage; null where none is, or the person who connected may not see it.</param>
internal sealed record Standing(SageDocument? Document, SageContactPayment? Payment, DateOnly? LockedUntil)
{
    /// <summary>What others have paid, refunded or allocated of it.</summary>
    public decimal SettledElsewhere => Settled - (Payment?.AllocatedArtefacts?.Where(a => a.Artefact?.Id == Document?.Id).Sum(a => a.Amount ?? 0) ?? 0);

    private decimal Settled => Document is { OutstandingAmount: { } owed, TotalAmount: { } total } && Document.Status?.Id is "PAID" or "PART_PAID" ? total - owed : 0;

    private bool IsInClosedPeriod => Document?.Date <= LockedUntil || Payment?.Date <= LockedUntil;

    /// <summary>What would keep Sage from letting go of it; null where nothing is known to.</summary>
    public PublishFailureKind? KeptBy => this switch
    {
        { Document: null } => null,
        { Document.TaxReconciled: true } => PublishFailureKind.VatReturnFiled,
        { SettledElsewhere: > 0 } => PublishFailureKind.SettledElsewhere,
        { IsInClosedPeriod: true } => PublishFailureKind.PeriodClosed,
        { Document.Editable: false, Payment: null } => PublishFailureKind.KeptBySage,
        _ => null,
    };

    public static async Task<SageAnswer<Standing>> ReadAsync(ISageClient sage, SageTarget target, SageDocumentKind kind, string documentId, string? paymentId, CancellationToken cancellationToken)
    {
        var document = OrGone(await sage.DocumentAsync(target, kind, documentId, cancellationToken), d => d.IsGone);
        if (document.Failure is { } unseen) return SageAnswer<Standing>.Failed(unseen, document.Words);
        var payment = paymentId is null ? null : OrGone(await sage.ContactPaymentAsync(target, paymentId, cancellationToken), p => p.DeletedAt is not null);
        if (payment?.Failure is { } unpaid) return SageAnswer<Standing>.Failed(unpaid, payment.Words);
        // Without the Settings right nobody can tell beforehand; then Sage does.
        var settings = await sage.FinancialSettingsAsync(target, cancellationToken);
        return settings.Failure is { Kind: not (SageFailureKind.AccessDenied or SageFailureKind.NotFound) } unread
            ? SageAnswer<Standing>.Failed(unread)
            : SageAnswer<Standing>.Success(new Standing(document.Value!.Is, payment?.Value!.Is, settings.Value?.YearEndLockdownDate), document.RequestId, document.Words);
    }

    /// <summary>Not there, and there no longer, are one (Sage API 9.3).</summary>
    internal static SageAnswer<Maybe<T>> OrGone<T>(SageAnswer<T> answer, Func<T, bool> isGone) where T : class => answer switch
    {
        { Failure.Kind: SageFailureKind.NotFound } => SageAnswer<Maybe<T>>.Success(new(null), answer.RequestId, answer.Words),
        _ => answer.Select(found => new Maybe<T>(isGone(found) ? null : found)),
    };

    internal sealed record Maybe<T>(T? Is) where T : class;

    internal static string Money(decimal? amount, string? currency) => $"{amount?.ToString("#,0.00", CultureInfo.InvariantCulture)} {currency}".Trim();
}
