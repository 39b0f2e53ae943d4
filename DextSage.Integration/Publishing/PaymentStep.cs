using System.Globalization;
using System.Text.Json.Nodes;
using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>Records that the document is paid, or refunded, in whole or in part (Sage API 11.1). The document stands whatever becomes of this.</summary>
public sealed class PaymentStep(ISageClient sage, StepSending sending)
{
    private const int PageSize = 200;

    /// <summary>More payments of one contact, account and day than these are not walked through.</summary>
    private const int MostPages = 5;

    internal async Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        if (work.PaidWith?.BankAccountSageId is null && step.Body is null)
            return Without(work, "its payment method is no longer linked to a bank account.");
        // A document that was there before may have been paid before, and a part of it would be paid twice.
        if (step.SentAt is null && !work.Publication.Steps.Exists(s => s is { Kind: StepKind.CreateDocument, SentAt: not null }))
        {
            step.Body ??= DocumentMapping.Payment(work, step.IdempotencyId).Json;
            if (await FindEarlierAsync(work, step, cancellationToken) is { } settled) return settled;
        }

        if (!await sending.SendAsync(work, step, "POST /contact_payments", () => DocumentMapping.Payment(work, step.IdempotencyId), cancellationToken))
            return await FindEarlierAsync(work, step, cancellationToken) ?? Without(work, "Sage gave no answer for days, no longer remembers the question, and has no such payment.");
        var answer = step.Hear(await sage.CreateContactPaymentAsync(work.Target, new SageBody(step.Body!), cancellationToken));
        if (answer.Failure is { } failure)
        {
            var outcome = sending.WaitOr(failure, step.Tries, () => Without(work, failure.SageMessage ?? failure.Kind.Sentence));
            return outcome is StepOutcome.DoneWithout refused && step.Tries > 1 ? await FindEarlierAsync(work, step, cancellationToken) ?? refused : outcome;
        }

        return Done(work, answer.Value!, answer.RequestId);
    }

    /// <summary>
    /// What came of an earlier try whose answer was lost, or is not known here any more: that it is refused now does not say that it is not there. Null where Sage has no such payment,
    /// or will not show it.
    /// </summary>
    private async Task<StepOutcome?> FindEarlierAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var sent = Sent.In(step.Body!);
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await sage.FindContactPaymentsAsync(work.Target, sent.Query, new SagePageRequest(page, PageSize), cancellationToken);
            if (answer.Failure is { } failure) return sending.WaitIfItPasses(failure, step.Tries);
            if (answer.Value!.Items.FirstOrDefault(sent.Is) is { } ours) return Done(work, ours, answer.RequestId);
            if (answer.Value.Items.Count < PageSize) break;
        }

        return null;
    }

    private static StepOutcome.Done Done(StepWork work, SageContactPayment payment, string? requestId)
    {
        work.Item.SagePaymentId = payment.Id;
        return new StepOutcome.Done(payment.Id, requestId);
    }

    private static StepOutcome.DoneWithout Without(StepWork work, string why) =>
        new($"The {work.Destination.Words()} stands in Sage, but was not recorded as {(work.IsCredit ? "refunded" : "paid")}: {why} Record the payment there by hand.");

    /// <summary>A payment as it was sent, whatever the item and its payment method have become.</summary>
    private sealed record Sent(SagePaymentQuery Query, decimal Total, string DocumentId)
    {
        public static Sent In(string body)
        {
            var payment = JsonNode.Parse(body)!["contact_payment"]!;
            return new Sent(
                new SagePaymentQuery((string)payment["contact_id"]!, (string)payment["bank_account_id"]!, DateOnly.ParseExact((string)payment["date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                decimal.Parse((string)payment["total_amount"]!, CultureInfo.InvariantCulture),
                (string)payment["allocated_artefacts"]![0]!["artefact_id"]!);
        }

        public bool Is(SageContactPayment payment) =>
            payment.DeletedAt is null && payment.TotalAmount == Total && payment.AllocatedArtefacts?.Any(a => a.Artefact?.Id == DocumentId && a.Amount == Total) == true;
    }
}
