using DextSage.App.Shared;
using DextSage.Integration.Publishing;

namespace DextSage.App.Layout;

/// <summary>Publications under way, in sentences.</summary>
internal static class PublishingBannerWords
{
    /// <summary>"Publishing to Sage: 12 of 40"</summary>
    public static string Title(PublishingView now) =>
        $"{(now.IsHeldUp ? "Publishing is waiting" : "Publishing to Sage")}: {Numbers.Text(now.Ended)} of {Numbers.Text(now.Total)}";

    /// <summary>What it waits for; null where all goes on.</summary>
    public static string? Waits(PublishingView now) => now switch
    {
        { Waiting: 0 } => null,
        { IsHeldUp: true } => Reason(now),
        { Waiting: 1 } => $"One of them waits. {Reason(now)}",
        _ => $"{Numbers.Text(now.Waiting)} of them wait. {Reason(now)}",
    };

    private static string Reason(PublishingView now) => now.WaitingFor switch
    {
        WaitingFor.Reconnect => "It goes on by itself once an Admin has reconnected to Sage.",
        WaitingFor.SageIsBusy => "Sage is busy. It goes on by itself.",
        WaitingFor.AnswerUnknown => "Sage's answer was lost. It is asked again with the same id, so nothing is created twice.",
        WaitingFor.Nothing => "It goes on by itself.",
        _ => throw new ArgumentOutOfRangeException(nameof(now), now.WaitingFor, message: null),
    };

    public static string Spoken(PublishingView now) => $"{Title(now)}. {Waits(now)}".TrimEnd();
}
