using FluentValidation;
using FluentValidation.Results;

namespace DextSage.Integration.Items;

/// <summary>Issues as the validator carries them.</summary>
internal static class ReviewIssues
{
    public static void Add(this ValidationContext<ItemUnderReview> issues, ItemField field, string sentence, IssueFix? fix = null, Guid? lineId = null) =>
        issues.Add(new ReviewIssue(field, sentence, fix, lineId));

    public static void Add(this ValidationContext<ItemUnderReview> issues, ReviewIssue issue) =>
        issues.AddFailure(new ValidationFailure(issue.Field.ToString(), issue.Sentence) { CustomState = issue });

    public static ReviewIssue Read(ValidationFailure failure) => (ReviewIssue)failure.CustomState;
}
