using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>Records that the document is paid, or refunded, in whole or in part (Sage API 11.1). The document stands whatever becomes of this.</summary>
public sealed class PaymentStep(ISageClient sage, StepSending sending)
{
    internal async Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        if (work.PaidWith?.BankAccountSageId is null && step.Body is null)
            return Without(work, "its payment method is no longer linked to a bank account.");
        if (!await sending.SendAsync(work, step, "POST /contact_payments", () => DocumentMapping.Payment(work, step.IdempotencyId), cancellationToken))
            return Without(work, "Sage gave no answer for days, and no longer remembers the question. Look whether the payment is there.");
        var answer = step.Hear(await sage.CreateContactPaymentAsync(work.Target, new SageBody(step.Body!), cancellationToken));
        if (answer.Failure is { } failure) return sending.WaitOr(failure, step.Tries, () => Without(work, failure.SageMessage ?? failure.Kind.Sentence));
        work.Item.SagePaymentId = answer.Value!.Id;
        return new StepOutcome.Done(answer.Value.Id, answer.RequestId);
    }

    private static StepOutcome.DoneWithout Without(StepWork work, string why) =>
        new($"The {work.Destination.Words()} stands in Sage, but was not recorded as {(work.IsCredit ? "refunded" : "paid")}: {why} Record the payment there by hand.");
}
