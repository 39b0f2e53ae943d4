using System.Diagnostics.CodeAnalysis;

namespace DextSage.Integration.Sage;

/// <summary>What came of a call: a value, or a failure. Never both, never neither.</summary>
public sealed record SageAnswer<T> where T : class
{
    private SageAnswer(T? value, SageFailure? failure, string? requestId, SageWords? words) => (Value, Failure, RequestId, Words) = (value, failure, requestId, words);

    public T? Value { get; }

    public SageFailure? Failure { get; }

    /// <summary>Sage's own name for the request (<c>x-request-id</c>), to quote to its support; null when no answer came.</summary>
    public string? RequestId { get; }

    /// <summary>What Sage answered, where it answered and the call keeps it.</summary>
    public SageWords? Words { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    public static SageAnswer<T> Success(T value, string? requestId, SageWords? words = null) => new(value, null, requestId, words);

    public static SageAnswer<T> Failed(SageFailure failure, SageWords? words = null) => new(null, failure, failure.RequestId, words);

    /// <summary>The value seen through a function; a failure stays as it is.</summary>
    public SageAnswer<TOut> Select<TOut>(Func<T, TOut> see) where TOut : class =>
        IsSuccess ? SageAnswer<TOut>.Success(see(Value), RequestId, Words) : SageAnswer<TOut>.Failed(Failure, Words);
}

/// <summary>Of an answer that says only that it was done.</summary>
public sealed record SageDone
{
    public static SageDone Instance { get; } = new();
}
