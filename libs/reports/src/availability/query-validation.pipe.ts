import { BadRequestException, Injectable, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';

/**
 * Validates a query against its class, whatever pipes the application has of its own. Each message of the 400 it
 * answers names a parameter and the accepted form.
 */
@Injectable()
export class QueryValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: true },
      stopAtFirstError: true,
      exceptionFactory: (errors) => new BadRequestException(errors.flatMap(messagesOf)),
    });
  }
}

function messagesOf({ property, constraints = {}, target }: ValidationError): string[] {
  if (!('whitelistValidation' in constraints)) return Object.values(constraints);
  return [`${property} is not a parameter here; the parameters are ${parametersOf(target!).join(', ')}`];
}

function parametersOf(query: object): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(query.constructor, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}
