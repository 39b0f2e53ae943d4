namespace DextSage.Integration.Sage;

/// <summary>Travels with a request through the handlers: whom it is for, and how far it got.</summary>
internal sealed class SageCall(SageTarget? target)
{
    public const string Key = "sage-call";

    private static readonly HttpRequestOptionsKey<SageCall> OptionsKey = new(Key);

    /// <summary>Null for the token endpoint, which no token signs.</summary>
    public SageTarget? Target { get; } = target;

    /// <summary>Whose turn it takes, where that is not whom it is sent for.</summary>
    public SageTarget? Paced { get; init; } = target;

    /// <summary>A failure that may pass is the caller's to wait out and repeat.</summary>
    public bool IsRepeatedByCaller { get; init; }

    /// <summary>A write that may run beside the creation of a document: Sage asks for one creation at a time, not for one file or payment (Sage API 5.1).</summary>
    public bool IsBeside { get; init; }

    /// <summary>What Sage answers is kept as text, to be shown as proof.</summary>
    public bool KeepsAnswer { get; init; }

    /// <summary>The request went out and nothing has come back. A write that fails now may have happened.</summary>
    public bool IsUnanswered { get; set; }

    public static SageCall Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(OptionsKey, out var call)
            ? call
            : throw new InvalidOperationException("A request for Sage carries its SageCall.");

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(OptionsKey, this);
}

/// <summary>A failure that a handler has found and nothing further in need to see.</summary>
internal sealed class SageCallException(SageFailure failure) : Exception($"The call to Sage failed: {failure.Kind}.")
{
    public SageFailure Failure { get; } = failure;
}
