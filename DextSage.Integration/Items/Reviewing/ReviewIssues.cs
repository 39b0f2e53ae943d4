using FluentValidation;
using FluentValidation.Results;

namespace DextSage.Integration.Items;

/// <summary>Issues as the validator carries them.</summary>
internal static class ReviewIssues
{
    public static void Add(this ValidationContext<ItemUnderReview> issues, ItemField field, string sentence, IssueFix? fix = null, Guid? lineId = null) =>
        issues.AddFailure(new ValidationFailure(field.ToString(), sentence) { CustomState = new ReviewIssue(field, sentence, fix, lineId) });

    public static ReviewIssue Read(ValidationFailure failure) => (ReviewIssue)failure.CustomState;
}
