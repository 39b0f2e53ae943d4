using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Of two that look like the same paper, the later one waits until somebody has said whether it is.</summary>
internal static class TwinReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        foreach (var twin in review.Context.TwinsOf(review.Item).Where(t => t.IsFirst))
            issues.Add(new ReviewIssue(ItemField.Duplicate, twin.Sentence) { Twin = twin.IsSeen ? twin.Code : null });
    }
}
