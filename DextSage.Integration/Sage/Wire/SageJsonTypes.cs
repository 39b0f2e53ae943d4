using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>What is read from Sage, for the compiler to write the readers of.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters =
    [
        typeof(SageJson.TextReader), typeof(SageJson.DateReader), typeof(SageJson.TimeReader), typeof(SageJson.DecimalReader), typeof(SageJson.IntReader), typeof(SageJson.BoolReader),
    ])]
[JsonSerializable(typeof(SageEnvelope<SageBusiness>))]
[JsonSerializable(typeof(SageEnvelope<SageContact>))]
[JsonSerializable(typeof(SageEnvelope<SageLedgerAccount>))]
[JsonSerializable(typeof(SageEnvelope<SageTaxRate>))]
[JsonSerializable(typeof(SageEnvelope<SageBankAccount>))]
[JsonSerializable(typeof(SageEnvelope<SageReference>))]
[JsonSerializable(typeof(SageEnvelope<SageAnalysisType>))]
[JsonSerializable(typeof(SageEnvelope<SageAnalysisCategory>))]
[JsonSerializable(typeof(SageEnvelope<SageProduct>))]
[JsonSerializable(typeof(SageEnvelope<SageDocument>))]
[JsonSerializable(typeof(SageEnvelope<SageAttachment>))]
[JsonSerializable(typeof(SageContactPayment))]
[JsonSerializable(typeof(SageEnvelope<SageContactPayment>))]
[JsonSerializable(typeof(SageUser))]
[JsonSerializable(typeof(SageFinancialSettings))]
[JsonSerializable(typeof(SageTrace))]
[JsonSerializable(typeof(SageTokenAnswer))]
[JsonSerializable(typeof(SageOAuth.SageRevokeAnswer))]
internal sealed partial class SageJsonTypes : JsonSerializerContext;
