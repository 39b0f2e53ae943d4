using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One element of Sage's error array (Sage API 6).</summary>
internal sealed record SageError(string Code, string Message, string Source = "")
{
    public static readonly SageError BadToken = new("AccessTokenVerificationError", "Access token is invalid (JWT malformed or missing).", "Authorization");
    public static readonly SageError NoSubscription = new("AuthorizationFailure", "No active subscription. (MSE)");
    public static readonly SageError AccessDenied = new("MultiUserAccessDenied", "The current user is not allowed to access that resource with that method.");
    public static readonly SageError NotFound = new("RecordNotFound", "Couldn't find record.");
    public static readonly SageError NoSupplier = new("RecordInvalid", "Couldn't find Supplier.");
    // Invented after the supplier's: Sage's guide only says "can't find customer".
    public static readonly SageError NoCustomer = new("RecordInvalid", "Couldn't find Customer.");
    public static readonly SageError NotPayable = new("RecordInvalid", "You can only pay unpaid or part-paid invoices.");
    public static readonly SageError Reconciled = new("RecordInvalid", "You cannot edit VAT reconciled transactions.");
    // Invented wording: a void or paid record is locked (Sage API 9.3 says only that "editable" tells).
    public static readonly SageError Locked = new("RecordInvalid", "You cannot edit this transaction.");
    // Invented wording: that it blocks is documented (Sage API 17).
    public static readonly SageError BankReconciled = new("RecordInvalid", "You cannot change a reconciled payment.");
    public static readonly SageError Unexpected = new("UnexpectedError", "An unexpected error occurred.");
    public static readonly SageError WrongEntity = new("IdempotencyResourceMismatch", "Entity type mismatch");

    // Invented: Sage's words for these four are not known.
    public static readonly SageError WrongVerb = new("MethodNotAllowed", "This method is not allowed on this resource.");
    public static readonly SageError WrongContentType = new("UnsupportedMediaType", "The Content-Type must be application/json.");
    public static readonly SageError BadJson = new("Validation", "The request body is not valid JSON.");
    public static readonly SageError Throttled = new("TooManyRequests", "Too many requests.");

    public static SageError Required(string source) => new("RecordInvalid", "This field is required.", source);

    public static SageError Invalid(string source) => new("Validation", $"{source} is invalid", source);

    public static SageError Rule(string message, string source = "") => new("RecordInvalid", message, source);

    // Invented: the wording for an over-long text (Sage API 6, unknown).
    public static SageError TooLong(string source, int most) =>
        new("RecordInvalid", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is too long (maximum is {most} characters)"), source);

    public JsonObject ToJson() => new() { ["$severity"] = "error", ["$dataCode"] = Code, ["$message"] = Message, ["$source"] = Source };
}
